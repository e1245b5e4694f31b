"""`read` with an address and with the user's own pages: what would be read, what is skipped and why, at once."""

import json
import tomllib
from pathlib import Path

import pytest

from monitor.config import load_settings
from tests.cli.conftest import Command
from tests.faultserver import answer, drip, page, redirect

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel>
<item><title>Scheduled deprecation of tern-1 on June 30, 2098</title><pubDate>Wed, 03 Mar 2027 17:00:00 GMT</pubDate></item>
<item><title>Sunset of tern-2 postponed</title><pubDate>Tue, 02 Mar 2027 17:00:00 GMT</pubDate></item>
</channel></rss>"""
STRANGE = b"<table><tr><th>Engine</th><th>Gone by</th></tr><tr><td>tern-1</td><td>2098-06-30</td></tr></table>"
MODELS = b'{"object": "list", "data": [{"id": "house-1"}, {"id": "house-2"}]}'
ARGS = ("--source", "generic_page", "--provider", "acme")


LOOPBACK = '[fetch]\nallow = ["127.0.0.1", "localhost"]\n'


@pytest.fixture(autouse=True)
def reachable(mw: Command) -> None:
    mw.configure(LOOPBACK)


def own(mw: Command, path: str, more: str) -> None:
    mw.configure(f'{LOOPBACK}[[sources]]\nkey = "mine"\nurl = "{mw.site.url(path)}"\nprovider = "acme"\n{more}\n')


def test_an_address_is_fetched_once_and_told_as_a_table_the_skipped_rows_and_a_verdict(mw: Command) -> None:
    mw.site.routes["/feed"] = page(FEED, content_type="application/rss+xml")
    result = mw("read", mw.site.url("/feed"), *ARGS)
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in result.stdout.splitlines()] == [
        "FACT",
        "deprecated",
        "",
        "Rows that could not be read",
        "REASON",
        "an entry about an end, and no statement",
        "",
        "1 statement, 1 row skipped.",
    ]
    assert "2098-06-30" in result.stdout
    assert len(mw.site.requests) == 1


def test_what_was_read_well_can_be_pasted_into_the_configuration(mw: Command) -> None:
    mw.site.routes["/feed"] = page(FEED)
    result = mw("read", mw.site.url("/feed?a=1"), "--source", "generic_feed", "--provider", "acme")
    block = result.stderr.partition("[[sources]]")
    Path("pasted.toml").write_text("".join(block[1:]), encoding="utf-8")
    (pasted,) = load_settings(Path("pasted.toml"), {"HOME": "/home/somebody"}).pages
    assert (pasted.key, pasted.url, pasted.reader.key, pasted.provider) == ("127_0_0_1", mw.site.url("/feed?a=1"), "generic_feed", "acme")
    assert "[[sources]]" not in result.stdout
    assert tomllib.loads("".join(block[1:]))["sources"][0]["kind"] == "feed"


def test_nothing_is_offered_for_paste_where_it_would_not_help(mw: Command) -> None:
    mw.site.routes["/feed"] = page(FEED)
    Path("feed.xml").write_bytes(FEED)
    for words in ((mw.site.url("/feed"), *ARGS, "--json"), ("feed.xml", *ARGS)):
        assert mw("read", *words).stderr == ""


def test_a_page_that_does_not_fit_says_why_and_offers_nothing(mw: Command) -> None:
    mw.site.routes["/page"] = page(b"<html><body><h1>Soup</h1></body></html>")
    result = mw("read", mw.site.url("/page"), "--source", "generic_feed", "--provider", "acme")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == "This page does not fit its reader: not a feed: neither RSS nor Atom nor JSON Feed\n"


def test_a_page_whose_columns_are_not_understood_is_told_with_them(mw: Command) -> None:
    Path("page.html").write_bytes(STRANGE)
    result = mw("read", "page.html", *ARGS)
    assert result.exit_code == 1
    assert result.stderr == 'Its tables have the columns "Engine", "Gone by"; [[sources]] columns can say what they mean.\n'
    assert mw("read", "page.html", *ARGS, "--json").stderr == ""
    assert mw("read", "page.html", "--source", "model_pages", "--provider", "acme").stderr == ""
    for body in (b"<p>Soup</p>", MODELS):
        Path("page.html").write_bytes(body)
        assert mw("read", "page.html", *ARGS).stderr == ""


def test_a_feed_without_news_is_fine_and_says_so(mw: Command) -> None:
    Path("feed.xml").write_bytes(
        FEED.replace(b"Scheduled deprecation of tern-1", b"Summer party").replace(b"Sunset of tern-2 postponed", b"x")
    )
    result = mw("read", "feed.xml", *ARGS)
    assert (result.exit_code, result.stdout) == (0, "The page says that there is nothing to report, nothing skipped.\n")


def test_a_page_of_ones_own_is_read_with_its_columns(mw: Command) -> None:
    own(mw, "/page", 'columns = { model = ["Engine"], retires = ["Gone by"] }')
    mw.site.routes["/page"] = page(STRANGE)
    Path("page.html").write_bytes(STRANGE)
    for where in (mw.site.url("/page"), "page.html"):
        result = mw("read", where, "--source", "mine", "--json")
        (row,) = map(json.loads, result.stdout.splitlines())
        assert (row["provider"], row["model"], row["fact"], row["value"]) == ("acme", "tern-1", "retires", "2098-06-30")
    assert json.loads(mw("read", "page.html", "--source", "mine", "--provider", "other", "--json").stdout)["provider"] == "other"
    assert mw("read", "page.html", *ARGS).exit_code == 1


def test_the_secret_of_a_page_of_ones_own_goes_to_its_own_origin_alone(mw: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "hunter2")
    own(mw, "/v1/models", 'kind = "listing"\nsecret = { env = "MY_KEY" }')
    mw.site.routes["/v1/models"] = page(MODELS, content_type="application/json")
    mw.site.routes["/other"] = redirect(mw.site.url("/v1/models", host="localhost"))
    result = mw("read", mw.site.url("/v1/models"), "--source", "mine")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "2 statements, nothing skipped.")
    away = mw("read", mw.site.url("/v1/models", host="localhost"), "--source", "mine")
    assert away.exit_code == 0
    redirected = mw("read", mw.site.url("/other"), "--source", "mine")
    assert redirected.exit_code == 4
    sent = [(asked.path, asked.headers.get("authorization")) for asked in mw.site.requests]
    assert sent == [("/v1/models", "Bearer hunter2"), ("/v1/models", None), ("/other", "Bearer hunter2")]
    assert "hunter2" not in result.output + away.output + redirected.output


def test_a_secret_that_is_not_there_is_said_before_anything_is_asked(mw: Command) -> None:
    own(mw, "/v1/models", 'kind = "listing"\nsecret = { env = "MY_KEY" }')
    result = mw("read", mw.site.url("/v1/models"), "--source", "mine")
    assert (result.exit_code, result.stderr) == (3, "Error: mine: MY_KEY is not set\n")
    assert mw.site.requests == []


def test_a_fetch_has_one_deadline_for_everything(mw: Command) -> None:
    mw.configure(f'{LOOPBACK}timeout = "1s"\n')
    mw.site.routes["/slow"] = drip(FEED, 0.2)
    result = mw("read", mw.site.url("/slow"), *ARGS)
    assert result.exit_code == 4
    assert "took longer than 1 s" in result.stderr


def test_the_nearest_key_is_offered_and_a_broken_configuration_is_exit_3(mw: Command) -> None:
    own(mw, "/page", "")
    assert "did you mean 'mine'?" in mw("read", "-", "--source", "mein").stderr
    assert mw("read", "-", "--source", "mein").exit_code == 2
    assert "`modelwatch sources` lists them" in mw("read", "-", "--source", "qqqqq").stderr
    mw.configure("leed = 1")
    assert mw("read", "-", "--source", "mine").exit_code == 3


def test_an_address_that_is_none_and_one_that_brings_nothing_are_exit_4(mw: Command) -> None:
    own(mw, "/page", 'secret = { file = "key" }')
    Path("key").write_text("k")
    mw.site.routes["/page"] = answer(500)
    assert mw("read", "http://[", "--source", "mine").exit_code == 4
    assert mw("read", mw.site.url("/page"), "--source", "mine").exit_code == 4
