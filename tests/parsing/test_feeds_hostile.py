"""Feeds made to harm: nothing is asked for, nothing is read from disk, and what they cost is bounded."""

import re
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.pages import Page
from monitor.parsing.announcement import Announcement
from monitor.parsing.news.entries import read_feed
from tests.faultserver import FaultServer

AT = datetime(2027, 3, 1, tzinfo=UTC)
SECONDS = 5.0
MEGABYTES = 160  # beyond what the program takes anyhow, for bodies near the ten megabytes that are ever fetched
MANY = 9_000_000  # characters


def rss(content: str, before: str = "") -> str:
    head = f'<?xml version="1.0"?>{before}<rss version="2.0"><channel>'
    return f"{head}<item><title>gpt-4 was retired on May 3, 2026.</title><description>{content}</description></item></channel></rss>"


LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
BOMBS = {
    "billion laughs": rss("&l11;", f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'),
    "quadratic blow-up": rss("&a;" * 50_000, f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'),
    "entities nobody declared": rss("&l11;" * 100_000),
    "elements in elements": rss("<a>" * 140_000 + "</a>" * 140_000),
    "elements in elements without end": f'<rss version="2.0">{"<a>" * (MANY // 3)}',
    "HTML in HTML": rss("&lt;div&gt;" * (MANY // 11)),
    "more tags than a feed has": rss("<b/>" * (MANY // 4)),
    "ampersands": rss("&" * MANY),
    "attributes": f'<rss version="2.0" {" ".join(f"a{number}=" + chr(34) * 2 for number in range(MANY // 11))}><channel/></rss>',
    "CDATA that never ends": rss("<![CDATA[" * 250_000),
    "comments before nothing": "<!-- -->" * (MANY // 8),
    "a comment that never ends": "<!--" * (MANY // 4),
    "instructions before nothing": "<?x?>" * (MANY // 5),
    "entries": f'<rss version="2.0"><channel>{"<item/>" * 290_000}</channel></rss>',
    "a long date": rss("").replace("<description>", f"<pubDate>{'1 ' * (MANY // 2)}</pubDate><description>"),
    "a long link": rss("").replace("<description>", f"<link>http://{'a.' * (MANY // 2)}</link><description>"),
    "a JSON feed of nothing": '{"version":"https://jsonfeed.org/version/1","items":[' + "{}," * (1_000_000) + "{}]}",
    "a JSON feed in itself": '{"version":"https://jsonfeed.org/version/1","items":' + "[" * MANY,
}


def weigh(name: str) -> str:
    """Seconds and megabytes that a bomb costs, as a program of its own prints them; run by the test below."""
    page = Page("https://a.example/feed", BOMBS[name].encode(), AT)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    parsed = read_feed(page, Announcement("acme"))
    seconds = time.perf_counter() - start
    return f"{seconds:.2f} {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024} {len(parsed.statements)}"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_time_and_memory(name: str) -> None:
    script = f"from tests.parsing.test_feeds_hostile import weigh; print(weigh({name!r}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    seconds, megabytes, statements = ran.stdout.split()
    assert float(seconds) < SECONDS
    assert int(megabytes) < MEGABYTES
    assert int(statements) <= 2


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "{target}">]>',
        '<!DOCTYPE x [<!ENTITY a PUBLIC "p" "{target}">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "{target}"> %p;]>',
        '<!DOCTYPE x SYSTEM "{target}">',
        '<!DOCTYPE x PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "{target}">',
        '<!DOCTYPE x SYSTEM "{target}" [<!ENTITY a SYSTEM "{target}">]>',
        '<?xml-stylesheet type="text/xsl" href="{target}"?>',
        '<!-- --><!DOCTYPE x SYSTEM "{target}">',
    ],
)
def test_nothing_outside_the_document_is_asked_for_or_read(document_type: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("tern-1 was retired on May 4, 2026.")
    with FaultServer() as site:
        for target in (site.url("/evil.dtd"), secret.as_uri(), str(secret)):
            body = rss(
                f"&a; &p; <xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{target}'/>",
                document_type.format(target=target),
            )
            opened: list[str] = []
            parsed = _watched(body, opened)
            assert {said.key.model for said in parsed} <= {"gpt-4"}
            assert not any(str(tmp_path) in name for name in opened)
        assert site.requests == []


_watching: list[list[str]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and (event == "open" or event.startswith("socket.")):
        _watching[-1].append(str(arguments[0]))


sys.addaudithook(_hook)


def _watched(body: str, opened: list[str]) -> list:  # type: ignore[type-arg]
    _watching.append(opened)
    try:
        return list(read_feed(Page("https://a.example/feed", body.encode(), AT), Announcement("acme")).statements)
    finally:
        _watching.pop()


def test_a_document_type_that_declares_entities_is_refused_by_name() -> None:
    parsed = read_feed(Page("https://a.example/feed", BOMBS["billion laughs"].encode(), AT), Announcement("acme"))
    assert parsed.drift == "XML that declares entities of its own: refused"
    assert not parsed.statements


def test_scripts_in_content_are_text_to_nobody() -> None:
    content = "&lt;script&gt;gpt-5 was retired on May 4, 2026.&lt;/script&gt;&lt;style&gt;gpt-6 was retired on May 5, 2026.&lt;/style&gt;"
    parsed = read_feed(Page("https://a.example/feed", rss(content).encode(), AT), Announcement("acme"))
    assert {said.key.model for said in parsed.statements} == {"gpt-4"}
    assert not any(re.search("script", said.link) for said in parsed.statements)


@pytest.mark.parametrize("content", ["<b/>" * 300_001, "&" * 1_000_001])
def test_more_tags_or_entities_than_a_feed_has_are_refused_by_name(content: str) -> None:
    parsed = read_feed(Page("https://a.example/feed", rss(content).encode(), AT), Announcement("acme"))
    assert parsed.drift == "a feed of more than 300000 tags or 1000000 entities"
