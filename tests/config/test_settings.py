"""One file and the environment → settings; every mistake names its key."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import load_settings
from monitor.config.convert import read_duration
from monitor.config.settings import FetchSettings, SourceOptions
from monitor.domain.claims import Authority
from monitor.domain.events import EventKind
from monitor.domain.policy.watches import LEAD_TIMES, LOUD_KINDS, PROMISE_LEAD_TIMES, Watch
from monitor.errors import ConfigError

FILL = "[[sources]]\nkey = 'a'\nreader = 'bedrock_models'\n"
AZURE = "[[sources]]\nkey = 'a'\nreader = 'azure_models'\nfill = { resource = 'acme' }\n"
ENV = {"HOME": "/home/somebody"}
OWN = '[[sources]]\nkey = "a"\nurl = "https://x"\nprovider = "b"\n'


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "given.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_watched_and_told_to_the_log() -> None:
    settings = load_settings(None, ENV)
    assert settings.database_url == "sqlite:////home/somebody/.local/share/modelwatch/modelwatch.db"
    assert settings.fetch == FetchSettings()
    assert settings.watches == (Watch("everything", ("log",), (), (), "", LEAD_TIMES, PROMISE_LEAD_TIMES, LOUD_KINDS),)
    assert (settings.channels, settings.sources, settings.pages) == ({}, {}, ())


@pytest.mark.parametrize(
    ("env", "url"),
    [
        ({"STATE_DIRECTORY": "/var/lib/modelwatch:/var/lib/other"}, "sqlite:////var/lib/modelwatch/modelwatch.db"),
        ({"XDG_DATA_HOME": "/data"}, "sqlite:////data/modelwatch/modelwatch.db"),
        ({"XDG_DATA_HOME": "relative"}, "sqlite:////home/somebody/.local/share/modelwatch/modelwatch.db"),
        ({"MODELWATCH_DATABASE_URL": "sqlite:////there.db", "STATE_DIRECTORY": "/var/lib/x"}, "sqlite:////there.db"),
    ],
)
def test_the_database_lies_where_the_environment_says(env: dict[str, str], url: str) -> None:
    assert load_settings(None, ENV | env).database_url == url


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'database_url = "sqlite:///file.db"')
    assert load_settings(path, ENV).database_url == "sqlite:///file.db"
    assert load_settings(path, ENV | {"MODELWATCH_DATABASE_URL": "sqlite:///env.db"}).database_url == "sqlite:///env.db"


def test_the_file_is_found_by_name_then_by_environment_then_here_then_in_the_home(tmp_path: Path) -> None:
    home = tmp_path / "config/modelwatch"
    home.mkdir(parents=True)
    env = ENV | {"XDG_CONFIG_HOME": str(tmp_path / "config")}

    def found(path: Path | None = None, **more: str) -> str:
        return load_settings(path, env | more).database_url.removeprefix("sqlite:///")

    (home / "modelwatch.toml").write_text('database_url = "sqlite:///home"')
    assert found() == "home"
    Path("modelwatch.toml").write_text('database_url = "sqlite:///here"')
    assert found() == "here"
    (tmp_path / "named.toml").write_text('database_url = "sqlite:///environment"')
    assert found(MODELWATCH_CONFIG=str(tmp_path / "named.toml")) == "environment"
    assert found(written(tmp_path, 'database_url = "sqlite:///named"'), MODELWATCH_CONFIG="/nowhere") == "named"


def test_everything_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "webhook").write_text("json://localhost/secret\n")
    path = written(
        tmp_path,
        """
        [fetch]
        proxy = { env = "PROXY" }
        ca_file = "ca.pem"
        timeout = "10s"
        max_bytes = 4096
        user_agent = "us/1.0 (a@b.example)"
        allow = ["wiki.internal:8443", "10.2.0.0/16"]
        [channels]
        plain = "json://localhost/plain"
        env = { env = "HOOK" }
        file = { file = "webhook" }
        [[watch]]
        name = "mine"
        models = ["gpt-*"]
        providers = ["openai"]
        owner = "us"
        channels = ["env", "log"]
        lead_times = [30, 0]
        promise_lead_times = []
        events = ["model_retired"]
        [[watch]]
        name = "rest"
        [source.openai_model_pages]
        models = ["gpt-4.1-mini", "gpt-4.1-mini"]
        cadence = "12h"
        [source.openrouter_models]
        enabled = false
        [[sources]]
        key = "us-page"
        url = "https://example.org/deprecations"
        provider = "example"
        cadence = "90m"
        authority = "report"
        """,
    )
    settings = load_settings(path, ENV | {"PROXY": "http://u:p@proxy:1", "HOOK": "slack://a/b/c"})
    ca = str(tmp_path / "ca.pem")
    assert settings.fetch == FetchSettings(
        "http://u:p@proxy:1", ca, timedelta(seconds=10), 4096, "us/1.0 (a@b.example)", ("wiki.internal:8443", "10.2.0.0/16")
    )
    assert settings.channels == {"plain": "json://localhost/plain", "env": "slack://a/b/c", "file": "json://localhost/secret"}
    mine = Watch("mine", ("env", "log"), ("gpt-*",), ("openai",), "us", (30, 0), (), frozenset({EventKind.MODEL_RETIRED}))
    assert settings.watches == (mine, Watch("rest", ("plain", "env", "file")))
    assert settings.sources == {
        "openai_model_pages": SourceOptions(models=("gpt-4.1-mini",), cadence=timedelta(hours=12)),
        "openrouter_models": SourceOptions(enabled=False),
    }
    page = settings.pages[0]
    assert (page.key, page.url, page.provider, page.reader.key) == (
        "us-page",
        "https://example.org/deprecations",
        "example",
        "generic_page",
    )
    assert (page.cadence, page.authority) == (timedelta(minutes=90), Authority.REPORT)


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("leed = 1", "leed", "unknown key"),
        ('sourcs = "x"', "sourcs", "did you mean 'sources'?"),
        ("database_url = 1", "database_url", "expected `str`, got `int`"),
        ("fetch = 1", "fetch", "expected a table"),
        ('[fetch]\ntimout = "3s"', "fetch.timout", "did you mean 'timeout'?"),
        ('[fetch]\ntimeout = "soon"', "fetch.timeout", "expected a time like 90s"),
        ("[fetch]\ntimeout = 3", "fetch.timeout", "expected a time like 90s"),
        ("[fetch]\nmax_bytes = true", "fetch.max_bytes", "got `bool`"),
        ('[fetch]\nuser_agent = "a\\nb"', "fetch.user_agent", "printable ASCII"),
        ('[fetch]\nallow = "wiki"', "fetch.allow", "expected `array`"),
        ('[fetch]\nallow = ["wiki", "10.2.0.1/16"]', "fetch.allow[1]", "expected a network as in 10.2.0.0/16"),
        ('[fetch]\nallow = ["*.internal"]', "fetch.allow[0]", "expected a host name, an address or a network"),
        ('[channels]\nlog = "json://x"', "channels.log", "reserved"),
        ('[channels]\n"a b" = "json://x"', "channels.a b", "expected letters"),
        ("[channels]\nx = 3", "channels.x", "got `int`"),
        ('[channels]\nx = "nothing"', "channels.x", "expected something like slack://"),
        ('[channels]\nx = { env = "NOT_THERE" }', "channels.x", "NOT_THERE is not set"),
        ('[channels]\nx = { file = "not-there" }', "channels.x", "No such file"),
        ('[channels]\nx = { env = "A", file = "b" }', "channels.x", "expected one of"),
        ('[channels]\nx = { envv = "A" }', "channels.x.envv", "did you mean 'env'?"),
        ("[watch]", "watch", "expected a list of tables"),
        ("[[watch]]", "watch[0].name", "required"),
        ('[[watch]]\nname = "a"\n[[watch]]\nname = "a"', "watch[1].name", "stands twice"),
        ('[[watch]]\nname = "a"\nlead_times = [1, -1]', "watch[0].lead_times[1]", ">= 0"),
        ('[[watch]]\nname = "a"\nlead_times = ["x"]', "watch[0].lead_times[0]", "got `str`"),
        ('[[watch]]\nname = "a"\nchannels = ["b"]', "watch[0].channels[0]", "no channel 'b' is configured"),
        ('[[watch]]\nname = "a"\nevents = ["model_retird"]', "watch[0].events[0]", "did you mean 'model_retired'?"),
        ("[source.openai_model]", "source.openai_model", "did you mean 'openai_models'?"),
        ('[source.openai_models]\nmodels = ["a"]', "source.openai_models.models", "does not have a page per model"),
        ('[source.openai_models]\ncadence = "0s"', "source.openai_models.cadence", "expected a time"),
        ('[[sources]]\nkey = "a"\nprovider = "b"', "sources[0].url", "required"),
        ('[[sources]]\nkey = "a"\nurl = "ftp://x"\nprovider = "b"', "sources[0].url", "http:// or https://"),
        ('[[sources]]\nkey = "a"\nurl = "https://x"', "sources[0].provider", "required"),
        ('[[sources]]\nkey = "a"\nurl = "https://x"\nprovider = "A B"', "sources[0].provider", "lower-case"),
        ('[[sources]]\nkey = "a"\nurl = "https://x"\nreader = "generic"', "sources[0].reader", "did you mean 'generic_page'?"),
        (
            '[[sources]]\nkey = "a"\nurl = "https://x"\nprovider = "b"\nauthority = "god"',
            "sources[0].authority",
            "expected one of aggregator, operator",
        ),
        (OWN + 'kind = "fed"', "sources[0].kind", "did you mean 'feed'?"),
        (OWN + 'kind = "feed"\nreader = "generic_feed"', "sources[0].reader", "either this or sources[0].kind"),
        (OWN + "columns = 1", "sources[0].columns", "expected `object`, got `int`"),
        (OWN + 'columns = { retire = ["x"] }', "sources[0].columns.retire", "did you mean 'retires'?"),
        (OWN + 'columns = { retires = "x" }', "sources[0].columns.retires", "expected `array`, got `str`"),
        (OWN + "columns = { retires = [3] }", "sources[0].columns.retires[0]", "got `int`"),
        (OWN + 'columns = { retires = ["x", " "] }', "sources[0].columns.retires[1]", "an empty header"),
        (OWN + 'columns = { model = ["A"], retires = ["a "] }', "sources[0].columns.retires[0]", "'a ' stands under model too"),
        (OWN + 'kind = "listing"\ncolumns = {}', "sources[0].columns", "generic_listing reads pages of one layout"),
        (OWN + 'reader = "openai_models"\nfloors = true', "sources[0].floors", "openai_models reads pages of one layout"),
        (OWN + 'heading_dates = "retire"', "sources[0].heading_dates", "did you mean 'retires'?"),
        (OWN + 'floors = "yes"', "sources[0].floors", "got `str`"),
        (OWN + 'secret = "abc"', "sources[0].secret", "expected `object`, got `str`"),
        (OWN + 'secret = { envv = "A" }', "sources[0].secret.envv", "did you mean 'env'?"),
        (OWN + "secret = {}", "sources[0].secret", "expected one of"),
        (OWN + 'secret = { file = "not-there" }', "sources[0].secret", "No such file"),
        ('[[sources]]\nkey = "openai_models"\nurl = "https://x"\nprovider = "b"', "sources[0].key", "the key of another source"),
        (f"{FILL}url = 'https://x'\nfill = {{ region = 'a' }}", "sources[0].fill", "either url or fill"),
        (f"{FILL}provider = 'b'", "sources[0].url", "required: an address, or fill = { region = … }"),
        (f"{FILL}fill = {{}}", "sources[0].fill.region", "expected one part of a host name"),
        (f"{FILL}fill = {{ region = 3 }}", "sources[0].fill.region", "expected one part of a host name"),
        (f"{FILL}fill = {{ region = 'evil.example/' }}", "sources[0].fill.region", "expected one part of a host name"),
        (f"{FILL}fill = {{ region = 'a', regoin = 'b' }}", "sources[0].fill.regoin", "did you mean 'region'?"),
        (f"{FILL}fill = {{ region = 'a' }}\nsecret = {{ env = 'A' }}", "sources[0].secret", "requests are signed"),
        ("[[sources]]\nkey = 'a'\nprovider = 'b'\nfill = { x = 'y' }", "sources[0].fill", "nothing to fill in; give url"),
        (f"{AZURE}secret = {{}}", "sources[0].secret", "expected one of"),
        (f"{AZURE}secret = {{ env = 'A', file = 'b' }}", "sources[0].secret", "expected one of"),
        (f"{AZURE}secret = 'sk-1'", "sources[0].secret", "expected `object"),
    ],
)
def test_a_mistake_names_its_key(tmp_path: Path, text: str, key: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(problem)) as caught:
        load_settings(written(tmp_path, text), ENV)
    assert caught.value.key == key


@pytest.mark.parametrize("text", ["a", "x = [" * 5000, "x = 1" + "0" * 5000, "x = 2026-13-01", "\x00"])
def test_what_is_no_toml_names_the_file(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path, ENV)
    assert caught.value.key == str(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file") as caught:
        load_settings(None, ENV | {"MODELWATCH_CONFIG": str(tmp_path / "none.toml")})
    assert caught.value.key == str(tmp_path / "none.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe\xff", b"x" * 70_000])
def test_a_secret_is_a_small_file_of_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_settings(None, ENV | {"MODELWATCH_DATABASE_URL_FILE": str(tmp_path / "secret")})
    assert caught.value.key == "MODELWATCH_DATABASE_URL_FILE"


def test_secrets_stand_in_no_repr(tmp_path: Path) -> None:
    text = 'database_url = "postgresql://u:hunter2@h/d"\n[fetch]\nproxy = "http://u:hunter2@p"\n[channels]\nx = "slack://hunter2/b/c"'
    assert "hunter2" not in repr(load_settings(written(tmp_path, text), ENV))


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), ("6h", 21_600), ("1d", 86_400)])
def test_times_have_a_unit(text: str, seconds: int) -> None:
    assert read_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "6", "6 h", "-6h", "6w", "0s", "367d", "9" * 30 + "d", "\u0666h", 6, None])
def test_other_times_are_refused(text: object) -> None:
    with pytest.raises(ValueError, match="expected a time"):
        read_duration(text)


@pytest.mark.parametrize(
    ("text", "env", "wanted"),
    [
        ("", {}, True),
        ("catalogue = false", {}, False),
        ("catalogue = false", {"MODELWATCH_CATALOGUE": "on"}, True),
        ("", {"MODELWATCH_CATALOGUE": " OFF "}, False),
        ("catalogue = true", {"MODELWATCH_CATALOGUE": ""}, True),
    ],
)
def test_one_switch_says_whether_the_catalogue_is_wanted(tmp_path: Path, text: str, env: dict[str, str], *, wanted: bool) -> None:
    assert load_settings(written(tmp_path, text), ENV | env).catalogue is wanted


@pytest.mark.parametrize(
    ("text", "env", "key"), [("catalogue = 1", {}, "catalogue"), ("", {"MODELWATCH_CATALOGUE": "maybe"}, "MODELWATCH_CATALOGUE")]
)
def test_another_word_for_the_switch_is_refused(tmp_path: Path, text: str, env: dict[str, str], key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(tmp_path, text), ENV | env)
    assert caught.value.key == key
