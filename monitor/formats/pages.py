"""What one page says, statement by statement."""

from collections.abc import Iterator

from monitor.alerts.wording import period
from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import Retires, fact_name, fact_value, when_of
from monitor.domain.readings import Parsed
from monitor.domain.when import When
from monitor.formats.json_lines import Record
from monitor.formats.tables import BETWEEN, Part, Table, clean

COLUMNS = ("FACT", "MODEL", "VALUE", "BOUND", "SCOPE", "KIND", "PROVIDER", "AUTHORITY", "SAID ON", "QUOTE")
LEAST_QUOTE = 24
"""Characters of a quote that are still worth a column; where there is no room for them the rows are printed one under the other."""


def parsed_records(parsed: Parsed, authority: Authority) -> Iterator[Record]:
    """The statements in their order, the rows that could not be read, and the drift, if any.

    *authority* is the source's, for statements that have none of their own.
    """
    yield from (_statement_record(statement, authority) for statement in parsed.statements)
    yield from ({"skipped": skipped.text, "reason": skipped.reason} for skipped in parsed.skipped)
    if parsed.drift:
        yield {"drift": parsed.drift}


def parsed_parts(parsed: Parsed, authority: Authority, width: int | None = None) -> Iterator[Part]:
    """The same as tables, what every row would repeat left out, then the verdict; *width* is where quotes are cut, None for nowhere."""
    if parsed.statements:
        table = without_repeated(Table(COLUMNS, tuple(_statement_row(statement, authority) for statement in parsed.statements)))
        yield _cut(table, width) if width else table
    if parsed.skipped:
        yield Table(("REASON", "TEXT"), tuple((skipped.reason, skipped.text) for skipped in parsed.skipped), "Rows that could not be read")
    yield verdict(parsed)


def verdict(parsed: Parsed) -> str:
    """What reading the page came to, in one line."""
    if parsed.drift:
        return f"This page does not fit its reader: {parsed.drift}"
    skipped = f", {_counted(len(parsed.skipped), 'row')} skipped" if parsed.skipped else ", nothing skipped"
    if parsed.statements:
        return f"{_counted(len(parsed.statements), 'statement')}{skipped}{'; the page breaks off before its end' if parsed.cut else ''}."
    return f"{'The page says that there is nothing to report' if parsed.empty_state else 'The page states nothing'}{skipped}."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def without_repeated(table: Table) -> Table:
    """The table without the columns of kind, provider and authority that say the same in every row, and without empty ones."""
    kept = [
        at
        for at, name in enumerate(table.columns)
        if any(row[at] for row in table.rows)
        and not (name in {"KIND", "PROVIDER", "AUTHORITY"} and len({row[at] for row in table.rows}) == 1)
    ]
    columns = tuple(table.columns[at] for at in kept)
    return Table(columns, tuple(tuple(row[at] for at in kept) for row in table.rows), table.title)


def _cut(table: Table, width: int) -> Table:
    """The table with its quotes, which stand last, cut to what the other columns leave of *width*."""
    others = [max(map(len, cells)) + BETWEEN for cells in zip(table.columns[:-1], *(row[:-1] for row in table.rows), strict=True)]
    left = width - sum(others)
    if left < LEAST_QUOTE:
        return table
    return Table(table.columns, tuple((*row[:-1], _shortened(clean(row[-1]), left)) for row in table.rows), table.title)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


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
        fact_name(statement.fact),
        key.model,
        period(when) if when else fact_value(statement.fact),
        _bound(statement, when),
        str(key.scope),
        statement.kind,
        key.provider,
        (statement.authority or authority).label,
        statement.said_on.value if statement.said_on else "",
        statement.quote,
    )


def _bound(statement: Statement, when: When | None) -> str:
    """Whether a date is exact, the earliest possible, or only promised."""
    promise = isinstance(statement.fact, Retires) and statement.fact.promise
    return "" if when is None else "promise" if promise else when.bound.replace("_", " ")
