"""`read`: what a page says, from a file, a pipe or an address, without any database."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import ALLOW, Command
from tests.cli.pages import BINARY, LOGIN, OLD
from tests.faultserver import answer, page

ARGS = ("--source", "generic_page", "--provider", "openai", "--json")


def told(output: str) -> list[tuple[str, str, str]]:
    return [(row["model"], row["fact"], row["value"]) for row in map(json.loads, output.splitlines())]


SAID = [
    ("gpt-old-1", "retires", "2098-03-01"),
    ("gpt-old-1", "deprecated", "2026-01-05"),
    ("gpt-old-1", "replaced_by", "gpt-new-1"),
]


def test_a_saved_page_is_read_statement_by_statement(mw: Command) -> None:
    Path("page.html").write_bytes(OLD)
    result = mw("read", "page.html", *ARGS)
    assert result.exit_code == 0
    assert set(told(result.stdout)) >= set(SAID)
    assert not list(mw.folder.rglob("*.db"))


@pytest.mark.parametrize("name", ["page.html.gz", "page"])
def test_a_compressed_page_is_unpacked_whatever_its_name(mw: Command, name: str) -> None:
    Path(name).write_bytes(gzip.compress(OLD))
    assert set(told(mw("read", name, *ARGS).stdout)) >= set(SAID)


def test_a_page_may_come_through_a_pipe_or_from_an_address(mw: Command) -> None:
    mw.configure(ALLOW)
    mw.site.routes["/page"] = page(OLD)
    piped = mw("read", "-", *ARGS, stdin=OLD)
    fetched = mw("read", mw.site.url("/page"), *ARGS, "--at", "2026-02-01")
    assert (piped.exit_code, fetched.exit_code) == (0, 0)
    assert piped.stdout == fetched.stdout


def test_a_table_says_the_same_as_the_json(mw: Command) -> None:
    Path("page.html").write_bytes(OLD)
    table = mw("read", "page.html", *ARGS[:-1]).stdout.splitlines()
    assert table[0].split() == ["FACT", "MODEL", "VALUE", "BOUND", "SAID", "ON", "QUOTE"]
    rows = [row.split()[:3] for row in table[1:-2]]
    assert [(model, fact, value) for fact, model, value in rows] == told(mw("read", "page.html", *ARGS).stdout)
    assert table[-2:] == ["", f"{len(rows)} statements, nothing skipped."]


def test_each_entry_of_a_catalogue_says_whose_model_it_is(mw: Command) -> None:
    rows = [{"provider": who, "model_id": "a", "shutdown_date": "2026-10-23"} for who in ("OpenAI", "Google")]
    Path("page.json").write_text(json.dumps(rows))
    words = ("read", "page.json", "--source", "deprecations_info", "--json")
    assert [json.loads(line)["provider"] for line in mw(*words).stdout.splitlines()] == ["openai", "gemini"]
    assert [json.loads(line)["provider"] for line in mw(*words, "--provider", "gemini").stdout.splitlines()] == ["gemini"]


def test_a_page_that_does_not_fit_is_drift_and_exit_1(mw: Command) -> None:
    Path("page.html").write_bytes(LOGIN)
    result = mw("read", "page.html", "--source", "openai_deprecations", "--json")
    assert result.exit_code == 1
    assert [list(json.loads(line)) for line in result.stdout.splitlines()] == [["drift"]]
    assert "does not fit" in mw("read", "page.html", "--source", "openai_deprecations").stdout


@pytest.mark.parametrize("content", [BINARY, gzip.compress(OLD)[:-20], b"\x1f\x8bnot gzip"])
def test_bytes_that_cannot_be_decoded_are_exit_4(mw: Command, content: bytes) -> None:
    Path("page").write_bytes(content)
    result = mw("read", "page", *ARGS)
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_address_that_brings_nothing_is_exit_4(mw: Command) -> None:
    mw.configure(ALLOW)
    mw.site.routes["/page"] = answer(404)
    result = mw("read", mw.site.url("/page"), *ARGS)
    assert (result.exit_code, result.stderr) == (4, f"Error: HTTP 404 from {mw.site.url('/page')}\n")


def test_an_address_inside_is_refused_with_the_word_that_would_allow_it(mw: Command) -> None:
    result = mw("read", mw.site.url("/page"), *ARGS)
    assert result.exit_code == 4
    assert result.stderr.endswith('an address inside (loopback); if that is meant, add "127.0.0.1" to fetch.allow\n')
    assert mw.site.requests == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("read", "none.html", *ARGS), "none.html: No such file"),
        (("read", ".", *ARGS), "Is a directory"),
        (("read", "x", "--source", "openai_model"), "no source 'openai_model'"),
        (("read", "-", "--source", "generic_page"), "--provider"),
        (("read", "-", *ARGS, "--at", "yesterday"), "expected something like 2026-02-13"),
        (("read", "-"), "Missing option '--source'"),
        (("hstory",), "Did you mean 'history'?"),
        (("config", "shw"), "Did you mean 'show'?"),
    ],
)
def test_what_does_not_exist_is_exit_2(mw: Command, words: tuple[str, ...], problem: str) -> None:
    result = mw(*words)
    assert result.exit_code == 2
    assert problem in result.stderr
