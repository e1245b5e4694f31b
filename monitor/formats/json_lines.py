"""JSON, one object per line: the shapes that other tools rely on (DESIGN sections 6 and 8)."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import fact_name, fact_value, when_of
from monitor.domain.readings import Parsed

Record = Mapping[str, object]


def json_line(record: Record) -> str:
    """One object on one line; instants as `2026-02-13T17:00:00Z`, names in the order given."""
    return msgspec.json.encode(record).decode()


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One line per object."""
    return map(json_line, records)


def parsed_records(parsed: Parsed, authority: Authority) -> Iterator[Record]:
    """What one page says: its statements in their order, the rows that could not be read, and the drift, if any.

    *authority* is the source's, for the statements that have none of their own.
    """
    yield from (statement_record(statement, authority) for statement in parsed.statements)
    yield from ({"skipped": skipped.text, "reason": skipped.reason} for skipped in parsed.skipped)
    if parsed.drift:
        yield {"drift": parsed.drift}


def statement_record(statement: Statement, authority: Authority) -> Record:
    """One statement of a page."""
    when = when_of(statement.fact)
    return {
        "kind": statement.kind,
        "provider": statement.key.provider,
        "model": statement.key.model,
        "fact": fact_name(statement.fact),
        "value": fact_value(statement.fact),
        "bound": when.bound if when else None,
        "at": when.at if when else None,
        "scope": statement.key.scope.as_dict(),
        "authority": (statement.authority or authority).label,
        "said_on": statement.said_on.value if statement.said_on else None,
        "quote": statement.quote,
    }
