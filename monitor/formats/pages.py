"""What one page says, statement by statement."""

from collections.abc import Iterator

from monitor.alerts.wording import dated
from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import fact_name, fact_value, when_of
from monitor.domain.readings import Parsed
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table

COLUMNS = ("KIND", "PROVIDER", "MODEL", "FACT", "VALUE", "SCOPE", "AUTHORITY", "SAID ON", "QUOTE")


def parsed_records(parsed: Parsed, authority: Authority) -> Iterator[Record]:
    """The statements in their order, the rows that could not be read, and the drift, if any.

    *authority* is the source's, for statements that have none of their own.
    """
    yield from (_statement_record(statement, authority) for statement in parsed.statements)
    yield from ({"skipped": skipped.text, "reason": skipped.reason} for skipped in parsed.skipped)
    if parsed.drift:
        yield {"drift": parsed.drift}


def parsed_parts(parsed: Parsed, authority: Authority) -> Iterator[Part]:
    """The same as tables."""
    if parsed.statements:
        yield Table(COLUMNS, tuple(_statement_row(statement, authority) for statement in parsed.statements))
    if parsed.skipped:
        yield Table(("REASON", "TEXT"), tuple((skipped.reason, skipped.text) for skipped in parsed.skipped), "Rows that could not be read")
    if parsed.drift:
        yield f"This page does not fit its reader: {parsed.drift}"
    elif not parsed.statements:
        yield "The page says that there is nothing to report." if parsed.empty_state else "The page states nothing."


def _statement_record(statement: Statement, authority: Authority) -> Record:
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


def _statement_row(statement: Statement, authority: Authority) -> tuple[str, ...]:
    key, when = statement.key, when_of(statement.fact)
    return (
        statement.kind,
        key.provider,
        key.model,
        fact_name(statement.fact),
        dated(when) if when else fact_value(statement.fact),
        str(key.scope),
        (statement.authority or authority).label,
        statement.said_on.value if statement.said_on else "",
        statement.quote,
    )
