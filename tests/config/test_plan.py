"""What is visited: every source, with its secret or with the reason why not; and what of it may be shown."""

from pathlib import Path

import pytest

from monitor.config import Settings, load_settings, shown, visits, watches
from monitor.domain.claims import Authority
from monitor.domain.pages import Request
from monitor.errors import ConfigError
from monitor.jobs.visits import Visit
from monitor.sources import SOURCES

ENV = {"HOME": "/home/somebody"}


def settings(tmp_path: Path, text: str = "", **env: str) -> Settings:
    path = tmp_path / "given.toml"
    path.write_text(text)
    return load_settings(path, ENV | env)


def visit(tmp_path: Path, key: str, text: str = "", **env: str) -> Visit:
    found = {one.key: one for one in visits(settings(tmp_path, text), ENV | env)}
    return found[key]


def test_every_source_is_there_and_says_why_it_cannot_be_visited(tmp_path: Path) -> None:
    found = visits(settings(tmp_path), ENV)
    assert [one.key for one in found] == [source.key for source in SOURCES]
    said = {one.key: one.not_configured for one in found}
    assert {key: said[key] for key in SAID} == SAID
    assert said["openrouter_models"] == said["models_dev"] == said["anthropic_deprecations"] == ""
    keyless = {one.key for one in found if one.source.secret and not one.not_configured}
    assert keyless == set()


SAID = {
    "openai_models": "OPENAI_API_KEY is not set",
    "gemini_models": "GEMINI_API_KEY is not set",
    "openai_model_pages": "no models: set source.openai_model_pages.models",
    "bedrock_models": "its address needs a region: add [[sources]]",
    "azure_models": "its address needs a resource: add [[sources]]",
    "vertex_models": "its address needs a location: add [[sources]]",
    "model_pages": "no address of its own: add [[sources]]",
    "generic_page": "no address of its own: add [[sources]]",
}


def test_the_key_goes_into_the_vendors_header_beside_its_own(tmp_path: Path) -> None:
    (request,) = visit(tmp_path, "anthropic_models", ANTHROPIC_API_KEY="sk-1").requests
    assert request.headers == (("anthropic-version", "2023-06-01"), ("x-api-key", "sk-1"))
    assert request.keyed


def test_an_address_only_the_user_knows_is_given_as_a_page_of_ones_own(tmp_path: Path) -> None:
    text = '[[sources]]\nkey = "mine"\nurl = "https://acme.openai.azure.com/openai/v1/models"\nreader = "azure_models"'
    found = visit(tmp_path, "mine", text)
    assert (found.not_configured, found.provider) == ("", "azure")


def test_a_key_travels_in_a_header_that_never_leaves_its_host(tmp_path: Path) -> None:
    keyed = Request("https://api.openai.com/v1/models", (("Authorization", "Bearer sk-1"),), keyed=True)
    assert visit(tmp_path, "openai_models", OPENAI_API_KEY=" sk-1\n").requests == (keyed,)


def test_a_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-2\n")
    found = visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "key"))
    assert found.requests[0].headers == (("Authorization", "Bearer sk-2"),)
    with pytest.raises(ConfigError, match=r"OPENAI_API_KEY_FILE: .*No such file"):
        visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "none"))


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("\n")
    assert visit(tmp_path, "openai_models", OPENAI_API_KEY="").not_configured == "OPENAI_API_KEY is not set"
    assert visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "key")).not_configured == "OPENAI_API_KEY is not set"


def test_a_source_with_a_page_per_model_has_one_address_per_model(tmp_path: Path) -> None:
    found = visit(tmp_path, "openai_model_pages", '[source.openai_model_pages]\nmodels = ["gpt-4.1-mini", "../x?y"]')
    assert [request.url for request in found.requests] == [
        "https://platform.openai.com/docs/models/gpt-4.1-mini",
        "https://platform.openai.com/docs/models/..%2Fx%3Fy",
    ]


def test_a_source_can_be_switched_off(tmp_path: Path) -> None:
    found = visit(tmp_path, "openrouter_models", "[source.openrouter_models]\nenabled = false")
    assert (found.requests, found.not_configured) == ((), "source.openrouter_models.enabled is false")


def test_a_users_page_has_its_own_key_provider_and_authority_and_never_a_secret(tmp_path: Path) -> None:
    text = '[[sources]]\nkey = "mine"\nurl = "https://example.org/v1"\nreader = "openai_models"\nauthority = "aggregator"'
    found = visit(tmp_path, "mine", text, OPENAI_API_KEY="sk-1")
    assert found.requests == (Request("https://example.org/v1"),)
    assert (found.facts.key, found.facts.provider, found.facts.authority) == ("mine", "openai", Authority.AGGREGATOR)


def test_watches_are_those_of_the_settings(tmp_path: Path) -> None:
    found = settings(tmp_path, '[[watch]]\nname = "a"')
    assert watches(found) == found.watches


def test_what_is_shown_holds_every_setting_and_no_secret(tmp_path: Path) -> None:
    text = """
        database_url = "postgresql+psycopg://u:hunter2@h:5/d?password=hunter2"
        [fetch]
        proxy = "http://u:hunter2@p:1"
        [channels]
        x = "slack://hunter2/b/c"
        y = "json://u:hunter2@localhost/hunter2?k=hunter2"
        [source.openai_model_pages]
        models = ["a"]
        cadence = "90s"
        [[sources]]
        key = "mine"
        url = "https://u:hunter2@example.org/p?token=hunter2"
        provider = "example"
    """
    pairs = shown(settings(tmp_path, text))
    assert "hunter2" not in str(pairs)
    found = dict(pairs)
    assert len(found) == len(pairs)
    assert found["database_url"] == "postgresql+psycopg://***@h:5/d?***"
    assert found["fetch.proxy"] == "http://***@p:1"
    assert (found["channels.x"], found["channels.y"]) == ("slack://***", "json://localhost/***")
    assert found["source.openai_model_pages.cadence"] == "90s"
    assert found["sources[0].url"] == "https://***@example.org/p?***"


def test_what_is_no_address_is_not_shown_at_all(tmp_path: Path) -> None:
    found = dict(shown(settings(tmp_path, 'database_url = "hunter2"\n[fetch]\nproxy = "http://[hunter2"')))
    assert (found["database_url"], found["fetch.proxy"]) == ("***", "***")
