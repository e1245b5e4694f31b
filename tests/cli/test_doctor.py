"""`doctor`: what is wrong, and how to mend it."""

import json
from pathlib import Path

import pytest

from monitor.cli.demo.receiver import SlackReceiver
from tests.cli.conftest import ALLOW, Command
from tests.cli.pages import OLD
from tests.faultserver import answer, page


def found(mw: Command, *words: str) -> tuple[int, dict[str, tuple[str, str, str]]]:
    result = mw("doctor", *words, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, {row["check"]: (row["verdict"], row["found"], row["mend"]) for row in rows}


def test_an_empty_installation_is_told_to_upgrade(mw: Command) -> None:
    code, checks = found(mw)
    assert (code, checks["revision"][0], checks["revision"][2]) == (1, "bad", "`modelwatch db upgrade`")
    assert checks["configuration"][2] == "`modelwatch init` writes one"


def test_a_good_installation_is_healthy_and_the_table_says_the_same(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    code, checks = found(mw)
    assert (code, {verdict for verdict, _, _ in checks.values()} - {"note"}) == (0, {"good"})
    assert checks["sources"][1] == "1 configured, none of them sick"
    assert {"writable", "disk", "clock", "secret files"} <= set(checks)
    assert "HOW TO MEND IT" in mw("doctor").stdout


def test_a_wrong_configuration_is_named_by_its_key(mw: Command) -> None:
    mw.configure("[fetch]\ntimeout = 3")
    code, checks = found(mw)
    assert (code, list(checks)) == (1, ["configuration"])
    assert checks["configuration"][1].startswith("fetch.timeout")


def test_a_database_that_cannot_be_opened_is_found(mw: Command) -> None:
    Path("broken.db").write_bytes(b"no database at all" * 100)
    result = mw("--database-url", f"sqlite:///{mw.folder}/broken.db", "doctor", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout.splitlines()[-1])["check"] == "database"


def test_a_failing_source_and_a_host_that_does_not_answer_are_found(mw: Command) -> None:
    mw.watch("mine", "other")
    mw.site.routes["/mine"] = answer(500)
    mw.site.routes["/other"] = page(OLD)
    mw("poll")
    code, checks = found(mw, "--network")
    assert code == 1
    assert checks["source mine"][0] == "bad"
    assert checks["source mine"][2] == "`modelwatch poll mine`"
    (host,) = [name for name in checks if name.startswith("host ")]
    assert checks[host][0] == "good"
    mw.watch(more='[[sources]]\nkey = "mine"\nurl = "https://no.such.host.invalid/x"\nprovider = "acme"')
    code, checks = found(mw, "--network")
    assert checks["host no.such.host.invalid"][0] == "bad"


def test_channels_are_looked_at_and_with_send_tried(mw: Command) -> None:
    with SlackReceiver() as slack:
        mw.watch("mine", more=f'[channels]\nteam = "{slack.target}"\nodd = "json://127.0.0.1:9/secretpath"\n')
        mw.site.routes["/mine"] = page(OLD)
        mw("poll")
        Path("modelwatch.toml").chmod(0o600)
        code, checks = found(mw)
        assert (code, checks["channel team"][0], len(slack.posted)) == (0, "good", 0)
        code, checks = found(mw, "--send")
        assert (code, checks["channel team"][0], checks["channel odd"][0], len(slack.posted)) == (1, "good", "bad", 1)
        assert "secretpath" not in mw("doctor").output
    mw.configure('[channels]\nops = "nothing://like-this"')
    Path("modelwatch.toml").chmod(0o600)
    code, checks = found(mw)
    assert (code, checks["channels"][0]) == (1, "bad")


def test_files_of_secrets_that_everybody_can_read_are_found(mw: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    key = mw.folder / "key"
    key.write_text("sk-hunter2")
    key.chmod(0o644)
    monkeypatch.setenv("OPENAI_API_KEY_FILE", str(key))
    mw.configure(ALLOW)
    mw("db", "upgrade")
    code, checks = found(mw)
    assert (code, checks["secret files"][2]) == (1, f"chmod 600 {key}")
    key.chmod(0o600)
    assert found(mw)[1]["secret files"][0] == "good"


def test_a_daemon_that_does_not_answer_is_found(mw: Command) -> None:
    assert found(mw, "--daemon")[1]["daemon"][0] == "note"
    mw.configure('[web]\nlisten = "127.0.0.1:1"')
    code, checks = found(mw, "--daemon")
    assert (code, checks["daemon"][0]) == (1, "bad")
