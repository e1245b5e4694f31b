"""Pages that arrive with 200 and are not what they should be, through real visits: nothing is removed, the source is told of, once."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.events import ABOUT_SOURCES, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.readings import Outcome
from monitor.jobs.poll import poll
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.queries.models import line
from monitor.sources import find_source
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import HEAD, START, shop, table, visit

STEP = timedelta(hours=6)
NAMES = [f"model-{number}" for number in "abcdefghijklmnopqrst"]
ROWS = [("2027-03-01", name, "model-z") for name in NAMES]
LOGIN = b"""<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to read the models</h1>
<form action=/login><input name=email><input name=password type=password><button>Continue</button></form></body></html>"""
CLOUDFLARE = b"""<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head>
<body><div class="main-wrapper"><h1>docs.example.com</h1><p>Verifying you are human. This may take a few seconds.</p>
<noscript>Enable JavaScript and cookies to continue</noscript></div><script>window._cf_chl_opt={cRay:'8f'};</script></body></html>"""


def listing(names: list[str]) -> bytes:
    """OpenAI's answer with these models."""
    data = [{"id": name, "object": "model", "created": 1700000000, "owned_by": "openai"} for name in names]
    return json.dumps({"object": "list", "data": data}).encode()


def listing_visit(url: str) -> Visit:
    source = replace(find_source("openai_models"), at_least=1)
    return replace(visit(url, provider="openai", key="openai_models"), source=source)


WHOLE: dict[str, tuple[bytes, Callable[[str], Visit]]] = {"announcement": (table(*ROWS), visit), "listing": (listing(NAMES), listing_visit)}
SICK = {
    "empty body": {"announcement": b"", "listing": b""},
    "empty list": {"announcement": HEAD.encode(), "listing": b'{"object": "list", "data": []}'},
    "bare empty list": {"announcement": b"[]", "listing": b"[]"},
    "login page": {"announcement": LOGIN, "listing": LOGIN},
    "Cloudflare page": {"announcement": CLOUDFLARE, "listing": CLOUDFLARE},
    "broken off": {"announcement": table(*ROWS)[:400], "listing": listing(NAMES)[:700]},
    "half of the rows": {"announcement": table(*ROWS[::2]), "listing": listing(NAMES[::2])},
    "an error as a page": {"announcement": b"<h1>502 Bad Gateway</h1>", "listing": b'{"error": {"message": "overloaded"}}'},
}


def serve(site: FaultServer, body: bytes) -> None:
    site.routes["/p"] = page(body)


def told(tools: Shop) -> tuple[list[EventKind], list[str]]:
    """The kinds of events about models after the baseline and about sources, and the alerts about sources."""
    with tools.database.read() as ledger:
        events = [event.kind for event in ledger.events.since()]
        alerts = [view.alert for view in ledger.outbox.listing()]
    return events, sorted(event.kind.value for alert in alerts for event in alert.events if event.kind in ABOUT_SOURCES)


def believed(tools: Shop) -> dict[ModelKey, object]:
    with tools.database.read() as ledger:
        return {key: (state.ends, state.listed) for key, state in ledger.claims.resolved().items()}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("sickness", SICK)
def test_a_sick_page_removes_nothing_and_is_told_once_and_so_is_its_recovery(sickness: str, kind: str, tmp_path: Path) -> None:
    whole, visiting = WHOLE[kind]
    with FaultServer() as site, shop(tmp_path) as tools:
        serve(site, whole)
        spot = visiting(site.url("/p"))
        assert poll(tools, spot, START).outcome is Outcome.GOOD
        before, state = told(tools), believed(tools)
        serve(site, SICK[sickness][kind])
        outcomes = [poll(tools, spot, START + number * STEP).outcome for number in (1, 2, 3)]
        after, during = told(tools), believed(tools)
        serve(site, whole)
        assert poll(tools, spot, START + 4 * STEP).outcome is Outcome.GOOD
        recovered, at_last = told(tools), believed(tools)
    assert Outcome.GOOD not in outcomes
    news = after[0][len(before[0]) :]
    assert len(news) == 1
    assert set(news) <= {EventKind.SOURCE_DRIFTED, EventKind.SOURCE_FAILED}
    assert after[1] == [news[0].value]
    assert recovered[0][len(after[0]) :] == [EventKind.SOURCE_RECOVERED]
    assert recovered[1] == sorted([news[0].value, EventKind.SOURCE_RECOVERED.value])
    assert state == during == at_last
    assert len(state) == len(NAMES)


def test_a_model_that_leaves_a_listing_is_gone_only_after_a_second_good_reading(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        spot = listing_visit(site.url("/p"))
        gone = []
        for number, names in enumerate((NAMES, NAMES[1:], NAMES, NAMES[1:], NAMES[1:], NAMES[1:])):
            serve(site, listing(names))
            assert poll(tools, spot, START + number * STEP).outcome is Outcome.GOOD
            gone.append(told(tools)[0].count(EventKind.MODEL_DELISTED))
    assert gone == [0, 0, 0, 0, 1, 1]


# --- another layout ------------------------------------------------------------------------------------------------

PLAIN = [("2027-03-01", "model-a", "model-b"), ("2027-04-15", "model-c", "model-d")]
TOP = "# Deprecations\n\n"


def written(header: str, row: str, *days: str) -> bytes:
    """A page with one Markdown table: `{day}`, `{old}` and `{new}` in *row*; other *days* than those of PLAIN where given."""
    rows = [row.format(day=day, old=old, new=new) for day, (_, old, new) in zip(days or [day for day, _, _ in PLAIN], PLAIN, strict=True)]
    return "\n".join([TOP + header, "|---" * (header.count("|") - 1) + "|", *rows, ""]).encode()


USUAL = "| Shutdown date | Model | Replacement |", "| {day} | `{old}` | `{new}` |"
IN_HTML = "".join(f"<tr><td>{day}</td><td><code>{old}</code></td><td><code>{new}</code></td></tr>" for day, old, new in PLAIN)
LAYOUTS = {
    "columns in another order": written("| Replacement | Model | Shutdown date |", "| `{new}` | `{old}` | {day} |"),
    "columns with other known words": written("| Retirement | Model ID | Recommended replacement |", USUAL[1]),
    "another column between": written("| Shutdown date | Notice | Model | Replacement |", "| {day} | 60 days | `{old}` | `{new}` |"),
    "dates in words": written(*USUAL, "March 1, 2027", "April 15, 2027"),
    "as HTML": f"""<!doctype html><html><body><h1>Deprecations</h1><table><tr><th>Shutdown date</th><th>Model</th>
<th>Replacement</th></tr>{IN_HTML}</table></body></html>""".encode(),
    "beside a new table of other days": table(*PLAIN)
    + b"\n## Prices\n\n| Model | Price change on | New price |\n|---|---|---|\n"
    + b"| `model-a` | 2026-12-01 | $3 |\n| `model-c` | 2026-12-01 | $4 |\n",
}
STRANGE = {
    "a date column with an unknown word": written("| Zeitpunkt | Model | Replacement |", USUAL[1]),
    "no header": written("", USUAL[1]).replace(b"|\n", b"\n", 1),
    "dates of another calendar": written(*USUAL, "令和9年3月1日", "令和9年4月15日"),
    "dates that may be two days": written(*USUAL, "03/01/2027", "04/05/2027"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_facts_in_another_layout_are_no_news(layout: str, tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        serve(site, table(*PLAIN))
        spot = visit(site.url("/p"))
        poll(tools, spot, START)
        before, state = told(tools), believed(tools)
        serve(site, LAYOUTS[layout])
        outcomes = [poll(tools, spot, START + number * STEP).outcome for number in (1, 2)]
        assert outcomes == [Outcome.GOOD, Outcome.GOOD]
        assert (told(tools), believed(tools)) == (before, state)


@pytest.mark.parametrize("layout", STRANGE)
def test_a_layout_that_cannot_be_read_keeps_the_last_state_and_is_told(layout: str, tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        serve(site, table(*PLAIN))
        spot = visit(site.url("/p"))
        poll(tools, spot, START)
        before, state = told(tools), believed(tools)
        serve(site, STRANGE[layout])
        outcomes = [poll(tools, spot, START + number * STEP).outcome for number in (1, 2)]
        assert Outcome.GOOD not in outcomes
        assert told(tools)[0][len(before[0]) :] == [EventKind.SOURCE_DRIFTED]
        assert believed(tools) == state


# --- rows that contradict ------------------------------------------------------------------------------------------

TWICE = [("2027-06-13", "gpt-4-0314", "gpt-4o"), ("2027-03-26", "gpt-4-0314", "gpt-4.1"), ("2027-06-13", "gpt-4-0613", "gpt-4o")]


def contradictions() -> Iterator[tuple[tuple[str, str, str], ...]]:
    yield from itertools.permutations(TWICE)
    yield (*TWICE, *TWICE)


def test_rows_that_contradict_give_one_state_and_keep_both_evidences_in_any_order(tmp_path: Path) -> None:
    seen = set()
    for number, rows in enumerate(contradictions()):
        place = tmp_path / str(number)
        place.mkdir()
        with FaultServer() as site, shop(place) as tools:
            serve(site, table(*rows))
            spot = visit(site.url("/p"), provider="openai")
            outcomes = [poll(tools, spot, START + again * STEP) for again in (0, 1)]
            assert outcomes[1].events == 0
            seen.add(_shown(tools, START + STEP))
    [(view, evidence)] = seen
    assert view == ("deprecated", "2027-03-26", ("gpt-4.1", "gpt-4o"), True)
    assert {"2027-06-13", "2027-03-26"} <= {day for quote in evidence for day in quote.split(" | ")}


def _shown(tools: Shop, now: datetime) -> tuple[tuple[object, ...], frozenset[str]]:
    with tools.database.read() as ledger:
        [view] = [view for view in line(ledger, "gpt-4-0314", now).keys if view.key.model == "gpt-4-0314"]
        evidence = {claim.statement.quote for claim in ledger.claims.in_force() if claim.key == view.key}
    replaced = tuple(sorted(word.value for word in view.all("replaced_by")))
    return (view.stage, view.ends.value if view.ends else "", replaced, bool(view.disputes)), frozenset(evidence)
