"""Text that breaks programs, served on loopback, read, decided on and stored: the same on both engines, and the visit ends."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.bootstrap import clock
from monitor.domain.policy.watches import Watch
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.poll import poll
from monitor.jobs.shop import Shop
from monitor.store import Database, open_database
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import HEAD, START, visit

ROW = "| 2026-10-10 | `gpt-4` | `gpt-5` |\n"
BAD = {
    "NUL in a name": HEAD.encode() + b"| 2026-10-10 | `gpt\x00-4` | `gpt-5` |\n" + ROW.encode() * 3,
    "NUL as an entity": b"<!doctype html><html><body><table><tr><th>Shutdown date</th><th>Model</th></tr>"
    b"<tr><td>2026-10-10</td><td><code>gpt&#0;-4</code></td></tr></table></body></html>",
    "a lone surrogate": HEAD.encode() + b"| 2026-10-10 | `gpt\xed\xa0\x80-4` | `gpt-5` |\n",
    "a lone surrogate as an entity": b"<!doctype html><html><body><table><tr><th>Shutdown date</th><th>Model</th></tr>"
    b"<tr><td>2026-10-10</td><td><code>gpt&#xd800;-4</code></td></tr></table></body></html>",
    "text that runs backwards": (HEAD + "| 2026-10-10 | `\u202egpt-4\u2066` | `gpt\u200f-5` |\n").encode(),
    "control characters": (HEAD + "| 2026-10-10 | `gpt-4\x1b[31m\x07\x08` | `gpt-5\x7f\x85` |\n" + ROW * 5).encode(),
    "a cell of a megabyte": (HEAD + f"| 2026-10-10 | {'`gpt-4` and more ' * 60_000} | `gpt-5` |\n").encode(),
    "a name of a megabyte": (HEAD + f"| 2026-10-10 | `{'gpt-4' * 180_000}` | `gpt-5` |\n" + ROW).encode(),
    "combining marks": (HEAD + "| 2026-10-10 | `gpt-4" + "\u0301" * 100_000 + "` | `gpt-5` |\n" + ROW).encode(),
    "Latin-1 that is UTF-8": (HEAD + "| 2026-10-10 | `gpt-4é` | `gpt-5–ü` |\n").encode(),
    "UTF-8 that is Latin-1": (HEAD + "| 2026-10-10 | `gpt-4é` | `gpt-5ü` |\n").encode("latin-1"),
    "beyond the basic plane": (HEAD + "| 2026-10-10 | `gpt-4\U0001f600\U000e0041` | `gpt-5\ufffe\uffff` |\n").encode(),
    "NUL in a listing": b'{"data": [{"id": "gpt\\u0000-4"}, {"id": "gpt-5"}]}',
    "a lone surrogate in a listing": b'{"data": [{"id": "gpt\\ud800-4"}, {"id": "gpt-5"}]}',
    "an escape in a listing": b'{"data": [{"id": "gpt\\u001b[31m-4"}, {"id": "gpt-5"}]}',
    "a megabyte in a listing": b'{"data": [{"id": "' + b"gpt-4" * 180_000 + b'"}, {"id": "gpt-5"}]}',
    "quotes of SQL": (HEAD + "| 2026-10-10 | `gpt-4'; DROP TABLE claims; --` | `gpt-5%s{0}` |\n").encode(),
}


def visited(database: Database, body: bytes, content_type: str) -> list[str]:
    """Two visits to a page: their outcomes, and all that is in the store afterwards, as lines."""
    limits = FetchLimits(retries=0, min_spacing_seconds=0)
    fetcher = Fetcher(limits=limits, user_agent="test", clock=clock)
    shop = Shop(database, fetcher, (Watch("all", ("log",)),), lambda cadence: cadence)
    with FaultServer() as site:
        site.routes["/p"] = page(body, content_type=content_type)
        spot = visit(site.url("/p"), provider="openai", source="openai_models" if body.startswith(b"{") else "generic_page")
        spot = replace(spot, source=replace(spot.source, at_least=1))
        outcomes = [poll(shop, spot, START + number * timedelta(hours=6)) for number in (0, 1)]
        port = str(site.port)
    fetcher.close()
    with database.read() as ledger:
        claims = [f"{claim.key} {claim.fact} {claim.statement.quote}" for claim in ledger.claims.in_force()]
        events = [f"{event.kind} {event.key} {event.before} {event.after} {event.quote}" for event in ledger.events.since()]
        alerts = [f"{view.alert.kind} {len(view.alert.events)}" for view in ledger.outbox.listing()]
    said = [f"{outcome.outcome} {outcome.reason} {outcome.claims} {outcome.skipped} {outcome.events}" for outcome in outcomes]
    return [line.replace(port, "PORT") for line in (*said, *sorted(claims), *sorted(events), *sorted(alerts))]


@pytest.mark.parametrize("content_type", ["text/markdown; charset=utf-8", "text/html; charset=iso-8859-1"])
@pytest.mark.parametrize("name", BAD)
def test_bad_text_is_stored_or_refused_alike_on_both_engines(
    name: str, content_type: str, database: Database, sqlite_template: Path, tmp_path: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "other.db")
    other = open_database(f"sqlite:///{tmp_path}/other.db")
    try:
        kept = visited(database, BAD[name], content_type)
        assert kept == visited(other, BAD[name], content_type)
    finally:
        other.close()
    assert len(kept) > 2
    assert not {"\x00", "\x1b", "\u202e", "\u2066", "\ud800"} & set("".join(kept))
    assert max(map(len, kept)) < 2_000_000
