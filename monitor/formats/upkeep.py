"""The database's upkeep: its size, what is wrong with it, what was copied or thinned out; and exports."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant
from monitor.store.upkeep.backup import CopiedTable
from monitor.store.upkeep.checks import Finding
from monitor.store.upkeep.retention import Thinned
from monitor.store.upkeep.stats import Stats

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def stats_records(found: Stats) -> Iterator[Record]:
    """One object per table, then one for the whole database."""
    yield from ({"table": one.table, "rows": one.rows, "bytes": one.size} for one in found.tables)
    yield {
        "bytes": found.size,
        "pages_stored": found.pages_stored,
        "pages_thinned": found.pages_thinned,
        "body_bytes": found.body_bytes,
        "visits_merged": found.visits_merged,
        "oldest_reading_at": instant(found.oldest_reading_at) or None,
        "newest_reading_at": instant(found.newest_reading_at) or None,
        "oldest_event_at": instant(found.oldest_event_at) or None,
        "newest_event_at": instant(found.newest_event_at) or None,
    }


def stats_parts(found: Stats) -> Iterator[Part]:
    """A table of tables, then the rest."""
    yield Table(("TABLE", "ROWS", "BYTES"), tuple((one.table, str(one.rows), str(one.size or "?")) for one in found.tables))
    pages = f"{found.pages_stored} pages stored ({found.body_bytes} bytes), {found.pages_thinned} known without their body"
    readings = f"readings from {instant(found.oldest_reading_at) or 'never'} to {instant(found.newest_reading_at) or 'never'}"
    events = f"events from {instant(found.oldest_event_at) or 'never'} to {instant(found.newest_event_at) or 'never'}"
    yield f"{found.size} bytes\n{pages}\n{readings}, {found.visits_merged} more visits rolled up\n{events}"


def finding_records(found: Iterable[Finding]) -> Iterator[Record]:
    """One object per finding."""
    return ({"check": one.check, "what": one.what} for one in found)


def finding_parts(found: Iterable[Finding]) -> Iterator[Part]:
    """A table of findings."""
    rows = tuple((one.check, one.what) for one in found)
    yield Table(("CHECK", "WHAT"), rows) if rows else "sound"


def copied_records(found: Iterable[CopiedTable]) -> Iterator[Record]:
    """One object per table."""
    return ({"table": one.table, "rows": one.rows, "digest": one.digest} for one in found)


def copied_parts(found: Iterable[CopiedTable]) -> Iterator[Part]:
    """A table of tables."""
    yield Table(("TABLE", "ROWS", "DIGEST"), tuple((one.table, str(one.rows), one.digest[:12]) for one in found))


def thinned_record(found: Thinned) -> Record:
    """What went, or would go."""
    return {"pages": found.pages, "body_bytes": found.body_bytes, "readings": found.readings, "deliveries": found.deliveries}


def thinned_line(found: Thinned) -> str:
    """The same in a line."""
    return f"{found.pages} page bodies ({found.body_bytes} bytes), {found.readings} repeated readings, {found.deliveries} failed deliveries"


def csv_lines(columns: tuple[str, ...], records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A header and a line per record, no cell of which a spreadsheet takes for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="")
    for cells in chain([[*columns]], (_cells(columns, record) for record in records)):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cells(columns: tuple[str, ...], record: Mapping[str, object]) -> list[str]:
    return [_inert("" if record[name] is None else str(record[name])) for name in columns]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
