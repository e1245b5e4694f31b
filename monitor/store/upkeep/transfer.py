"""What the ledger holds as plain records, out and back in: the same twice, and never over what is there."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, insert, select, tuple_

from monitor.errors import SchemaMismatch, StoreError, UsageError
from monitor.store.claims import Claims
from monitor.store.codec import Values
from monitor.store.events import Events
from monitor.store.schema import REVISION, ReadingRow
from monitor.store.types import UtcDateTime
from monitor.store.upkeep.backup import number_on
from monitor.store.upkeep.tables import BATCH, identity, named, numbered, rows_of

FORMAT = "modelwatch export"
CARRIED = ("sources", "pages", "readings", "claims", "absences", "events")  # what an import takes
DERIVED = ("lifecycles", "event_months")
_LEFT_OUT = {"sources": {"holder", "epoch", "lease_until"}}
_BLANK: dict[str, Values] = {"sources": {"holder": "", "epoch": 0, "lease_until": None}}
# what may have changed here since an export was made; everything else of a row stays as it was written
_MOVES = {
    "sources": {"next_visit_at", "accepted_at"},
    "pages": {"url", "fetched_at", "content_type", "size", "body"},
    "readings": {"accepted", "merged", "merged_until"},
    "claims": {"missing_since", "gone_at", "withdrawn_at", "ended_reading_id"},
}


def header(tables: Iterable[str]) -> Values:
    """The first record of an export."""
    return {"format": FORMAT, "revision": REVISION, "tables": list(tables)}


class Transfer:
    """The ledger as records."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def records(self, table: str) -> Iterator[Values]:
        """The rows of a table in order, in plain values: instants and days as ISO 8601, bodies in Base64 as they are stored."""
        left_out = _LEFT_OUT.get(table, set())
        for row in rows_of(self._db, named(table)):
            yield {name: _plain(value) for name, value in row.items() if name not in left_out}

    def take_in(self, found: Iterable[tuple[str, Mapping[str, object]]]) -> dict[str, int]:
        """Write the records that are not there yet, of one table after the other; how many, by table.

        What is there stays as it is, however it has moved on since; a visit that was rolled up meanwhile stays so. StoreError for a
        record that differs in what never changes: it belongs to another database. The lifecycles and the counts by month are made anew.
        """
        added = dict.fromkeys(CARRIED, 0)
        rows = ((table, record) for table, record in found if table not in DERIVED)
        for table, batch in _by_table(rows):
            added[table] += self._add(named(table), batch)
        for carried in filter(numbered, map(named, CARRIED)):
            number_on(self._db, carried)
        if any(added.values()):
            Events(self._db).recount()
            Claims(self._db).rebuild()
        return added

    def _add(self, table: Table, rows: list[Values]) -> int:
        key = identity(table)
        wanted = [tuple(row[column.name] for column in key) for row in rows]
        found = self._db.execute(select(table).where(tuple_(*key).in_(wanted))).mappings()
        there = {tuple(row[column.name] for column in key): row for row in found}
        fixed = [name for name in rows[0] if name not in _MOVES.get(table.name, set()) | _LEFT_OUT.get(table.name, set())]
        fresh = []
        for row, own in zip(rows, wanted, strict=True):
            if own not in there:
                fresh.append(row)
            elif any(there[own][name] != row[name] for name in fixed):
                raise StoreError(f"{table.name} {'/'.join(map(str, own))} is another one here: the export is of another database")
        fresh = self._without_rolled_up(fresh) if fresh and table is ReadingRow.__table__ else fresh
        if fresh:
            self._db.execute(insert(table), fresh)
        return len(fresh)

    def _without_rolled_up(self, rows: list[Values]) -> list[Values]:
        """The visits but for those that another one stands for here."""
        columns = (ReadingRow.id, ReadingRow.source, ReadingRow.read_at, ReadingRow.merged_until)
        runs = self._db.execute(select(*columns).where(ReadingRow.merged > 0)).all()
        return [
            row
            for row in rows
            if not any(run.source == row["source"] and run.id < row["id"] and row["read_at"] <= run.merged_until for run in runs)
        ]


def columns(table: str) -> tuple[str, ...]:
    """The names of a record's values, in order."""
    return tuple(column.name for column in named(table).columns if column.name not in _LEFT_OUT.get(table, set()))


def check_header(found: Mapping[str, object]) -> None:
    """Raise UsageError for what is no whole export, SchemaMismatch for one of another revision."""
    if found.get("format") != FORMAT:
        raise UsageError("no export: its first line should say so")
    if found.get("revision") != REVISION:
        raise SchemaMismatch(f"the export is of revision {found.get('revision')}, this program needs {REVISION}: export it again")
    listed = found.get("tables")
    missing = set(CARRIED) - set(listed if isinstance(listed, list) else [])
    if missing:
        raise UsageError(f"no whole export: it lacks {', '.join(sorted(missing))}")


def _by_table(rows: Iterator[tuple[str, Mapping[str, object]]]) -> Iterator[tuple[str, list[Values]]]:
    name, waiting = "", list[Values]()
    for table, record in rows:
        if table not in CARRIED:
            raise UsageError(f"no table {table!r} in an export")
        if waiting and (table != name or len(waiting) == BATCH):
            yield name, waiting
            waiting = []
        name = table
        waiting.append(_row(named(table), record))
    if waiting:
        yield name, waiting


def _row(table: Table, record: Mapping[str, object]) -> Values:
    expected = set(columns(table.name))
    if record.keys() != expected:
        raise UsageError(f"a record of {table.name} has not the values of one: {', '.join(sorted(record.keys() ^ expected))}")
    try:
        read = {name: _read(table, name, value) for name, value in record.items()}
    except (TypeError, ValueError) as error:
        raise UsageError(f"a record of {table.name} cannot be read: {error}") from error
    return read | _BLANK.get(table.name, {})


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _read(table: Table, name: str, value: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    if value is None:
        return None
    kind = table.columns[name].type
    if isinstance(kind, LargeBinary):
        return b64decode(value, validate=True)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
