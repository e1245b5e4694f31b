"""Is a database sound: what the engine says of it, what refers to nothing, and what does not follow from what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, or_, select, text
from sqlalchemy.exc import DatabaseError

from monitor.domain.reconcile.resolve import resolve_all
from monitor.store.claims import Claims
from monitor.store.events import Events
from monitor.store.lifecycles import LifecycleCache
from monitor.store.schema import AlertRow, ClaimRow, DeliveryRow, EventRow, PageRow
from monitor.store.upkeep.tables import TABLES, numbered
from monitor.store.views import AlertState

_MOST = 20  # complaints of the engine


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: which check found it, and what."""

    check: str
    what: str


def findings(connection: Connection) -> Iterator[Finding]:
    """Everything wrong, cheapest first; a file too broken to be asked further ends it."""
    try:
        yield from _engine(connection)
        yield from _evidence(connection)
        yield from _lifecycles(connection)
        yield from _months(connection)
        yield from _outbox(connection)
        yield from _numbers(connection)
    except DatabaseError as error:
        yield Finding("integrity", str(error.orig).splitlines()[0])


def _engine(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars()
        yield from (Finding("integrity", line) for line in said if line != "ok")
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST)
        yield from (Finding("references", f"row {row} of {table} refers to no row of {target}") for table, row, target, _ in dangling)
    else:
        ours = "connamespace = to_regnamespace('public')"
        loose = text(f"SELECT conrelid::regclass || '.' || conname FROM pg_constraint WHERE NOT convalidated AND {ours}")  # noqa: S608 - no value
        yield from (Finding("references", f"{name} is not enforced") for name in connection.execute(loose).scalars())


def _evidence(connection: Connection) -> Iterator[Finding]:
    """Every claim of a visit of ours has its page with its body; every event's page is known."""
    page = exists().where(PageRow.hash == ClaimRow.page)
    lacking = select(ClaimRow.id, ClaimRow.page).where(~page).order_by(ClaimRow.id).limit(_MOST)
    yield from (Finding("evidence", f"claim {row.id} stands on page {row.page}, which is unknown") for row in connection.execute(lacking))
    thinned = exists().where(PageRow.hash == ClaimRow.page, PageRow.body.is_(None), PageRow.size > 0)
    bare = select(ClaimRow.page).where(ClaimRow.as_of.is_(None), thinned).distinct().limit(_MOST)
    yield from (Finding("evidence", f"page {digest} is evidence and has lost its body") for digest in connection.execute(bare).scalars())
    known = exists().where(PageRow.hash == EventRow.page)
    unknown = select(EventRow.id, EventRow.page).where(EventRow.page != "", ~known).order_by(EventRow.id).limit(_MOST)
    yield from (Finding("evidence", f"event {row.id} names page {row.page}, which is unknown") for row in connection.execute(unknown))


def _lifecycles(connection: Connection) -> Iterator[Finding]:
    believed = resolve_all(Claims(connection).in_force())
    for key in LifecycleCache(connection).differing(tuple(believed.values()))[:_MOST]:
        yield Finding("lifecycles", f"{key} is not what its claims amount to: run `modelwatch db rebuild`")


def _months(connection: Connection) -> Iterator[Finding]:
    events = Events(connection)
    if events.counted() != events.recounted():
        yield Finding("months", "the counts by month are not those of the events: run `modelwatch db rebuild`")


def _outbox(connection: Connection) -> Iterator[Finding]:
    states = [state.value for state in AlertState]
    leased = AlertRow.state == AlertState.LEASED.value
    odd = or_(AlertRow.state.not_in(states), and_(leased, AlertRow.lease_until.is_(None)), and_(~leased, AlertRow.lease_until.is_not(None)))
    wrong = select(AlertRow.visible_id, AlertRow.state).where(odd).order_by(AlertRow.id).limit(_MOST)
    yield from (Finding("outbox", f"alert {row.visible_id} is {row.state} and its lease does not fit") for row in connection.execute(wrong))
    tried = exists().where(DeliveryRow.alert_id == AlertRow.id)
    silent = select(AlertRow.visible_id).where(AlertRow.state == AlertState.DONE.value, ~tried).order_by(AlertRow.id).limit(_MOST)
    yield from (Finding("outbox", f"alert {name} is done and was never tried") for name in connection.execute(silent).scalars())


def _numbers(connection: Connection) -> Iterator[Finding]:
    """New rows are numbered behind those that are there."""
    if connection.dialect.name != "postgresql":
        return
    for table in filter(numbered, TABLES):
        highest = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar_one()
        last, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608 - the server's own name
        if last + int(called) <= highest:
            yield Finding("numbers", f"{table.name} has row {highest}, its sequence would give {last + int(called)} next")
