"""The bundled catalogue: made from saved pages by the sources' own readers, and taken over by an installation that has no readings."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec import structs

from monitor.domain.bundles import Copy, Sheet, worth_copying
from monitor.domain.claims import Statement, substance
from monitor.domain.reconcile.bundled import take_over
from monitor.errors import ReadError
from monitor.jobs.captures import Capture, captures_in, of_source
from monitor.parsing.bundles import bundle_text, read_bundle
from monitor.sources import SOURCES, Source
from monitor.store import Database

FOLDER = Path(__file__).parents[1] / "catalogue"
SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one source: how much of it the catalogue carries, or why it carries nothing."""

    source: str
    copy: Copy | None
    reason: str = ""


def export_catalogue(folder: Path, to: Path) -> Iterator[Exported]:
    """Write the newest readable capture of each source to a file of its own, and take away the files of sources that have none.

    Two runs over the same captures write the same bytes. Raises UsageError for a folder without a manifest.
    """
    captures = captures_in(folder)
    to.mkdir(parents=True, exist_ok=True)
    for source in SOURCES:
        copy, reason = _copied(source, of_source(source, captures))
        path = to / f"{source.key}{SUFFIX}"
        if copy:
            path.write_text(bundle_text(copy), encoding="utf-8", newline="\n")
        else:
            path.unlink(missing_ok=True)
        yield Exported(source.key, copy, reason)


def _copied(source: Source, captures: Iterable[Capture]) -> tuple[Copy | None, str]:
    """The newest capture that its reader can read; of a source with a page per model, the newest of each page."""
    sheets: dict[str, Sheet] = {}
    read_at: list[datetime] = []
    reasons: list[str] = []
    for capture in captures:
        if capture.url in sheets or (sheets and not source.per_model):
            continue
        sheet, reason = _sheet(source, capture)
        if sheet:
            sheets[capture.url] = sheet
            read_at.append(capture.at)
        else:
            reasons.append(f"{capture.path.name}: {reason}")
    if not sheets:
        return None, "; ".join(reasons) or "no capture"
    whole = tuple(sheets[url] for url in sorted(sheets))
    return Copy(source.key, source.provider, source.authority, min(read_at), source.reader_version, whole), "; ".join(reasons)


def _sheet(source: Source, capture: Capture) -> tuple[Sheet | None, str]:
    page = capture.page()
    try:
        parsed = source.read(page, source.provider)
    except ReadError as error:
        return None, str(error)
    stated: dict[object, Statement] = {}
    for statement in parsed.statements:
        stated.setdefault(substance(statement), structs.replace(statement, quote=""))
    worth = tuple(statement for statement in stated.values() if worth_copying(source.kind, statement.fact))
    return (Sheet(capture.url, page.hash, worth) if worth else None), parsed.drift or "nothing worth copying"


@cache
def bundled(folder: Path = FOLDER) -> tuple[Copy, ...]:
    """The copies that this release brings along, by source key."""
    return tuple(read_bundle(path.read_text(encoding="utf-8")) for path in sorted(folder.glob(f"*{SUFFIX}")))


def load_catalogue(database: Database, copies: Iterable[Copy], unwanted: Collection[str], now: datetime) -> int:
    """Take over the copies of sources that were never read here; how many those were. None twice, and no alert comes of it.

    *unwanted* are the keys of sources that are switched off here.
    """
    with database.write() as ledger:
        read_here, loaded = ledger.bundles.read_here(), ledger.bundles.loaded()
        wanted = [copy for copy in copies if copy.source not in {*read_here, *unwanted} and loaded.get(copy.source) != copy.digest]
        if wanted:
            taken = take_over(ledger.claims.in_force(), wanted, ledger.events.calendar_written(), now)
            ledger.bundles.record(taken, now)
    return len(wanted)
