"""Tables whose cell borders were lost: a line of known headers, then a line of words and dates per row."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from monitor.parsing.dates import find_dates
from monitor.parsing.documents import Block, Items, Paragraph, Row, Section, Table, Text
from monitor.parsing.naming.names import is_id, names_model
from monitor.parsing.tables.columns import Role, role_of, roles_of
from monitor.parsing.tables.record_lists import card_of, table_of

_DATE = r"(?:release|launch|deprecat(?:ion|ed)|shut\s?down|retirement|eol|end[- ]of[- ]life|legacy)\s+date"
_HEADER = re.compile(
    rf"(?P<first>(?:model|api)\s+(?:id|name)|model|feature)(?=\s+(?:{_DATE}))|{_DATE}"
    r"|(?:recommended|suggested)\s+(?:replacement|upgrade)(?:\s+models?)?|replacement(?:\s+models?)?|details",
    re.IGNORECASE,
)
_NO_DATE = re.compile(r"no\s+(?:shut\s?down|retirement|deprecation)\s+date\s+(?:announced|scheduled|set)|n/a|—", re.IGNORECASE)
_SPOKEN = frozenset({Role.DEPRECATED, Role.RETIRES, Role.REDIRECTS})
_NAMED = frozenset({Role.MODEL, Role.MODEL_ID})
_NAMING = frozenset({Role.MODEL, Role.MODEL_ID, Role.SERVICE, Role.VERSION})
_DATES = frozenset({Role.RELEASED, Role.DEPRECATED, Role.RETIRES, Role.LEGACY})


def with_flat_tables(section: Section) -> Section:
    """The section with its flattened tables, lists of records and cards as tables, and tables on their side upright.

    The section itself where it has none.
    """
    blocks = tuple(_unflattened(block, section.title.plain) for block in section.blocks)
    same = all(new is old for new, old in zip(blocks, section.blocks, strict=True))
    return section if same else replace(section, blocks=blocks)


def upright(table: Table) -> Table:
    """A table whose columns are models and whose rows are the dates of their lives, turned; any other as it is."""
    labels = [row.cells[0] for row in table.rows if row.cells]
    if not _are_models(table) or len(labels) < len(table.rows) or _SPOKEN.isdisjoint(roles_of(labels)):
        return table
    columns = range(1, len(table.header))
    cells = (tuple(row.cells[at] if at < len(row.cells) else Text("") for row in table.rows) for at in columns)
    rows = (Row((table.header[at], *column), apart=True) for at, column in zip(columns, cells, strict=True))
    return Table((Text("Model"), *labels), tuple(rows))


def _card(table: Table, title: str) -> Table | None:
    """The record that a table of labels and values is: "Model ID | x", "Shutdown date | …"."""
    pairs = (table.header, *(row.cells for row in table.rows))
    if any(len(pair) != len(("label", "value")) for pair in pairs) or _SPOKEN.isdisjoint(role_of(pair[0].plain) for pair in pairs[1:]):
        return None
    return table_of(Items(tuple(Text(f"{label.plain}: {value.plain}") for label, value in pairs)), title)


def _with_named_column(table: Table) -> Table:
    """The table with "Model" over the column that holds names, where its header is none of a model but of what becomes of them."""
    roles = roles_of(table.header)
    if not _NAMING.isdisjoint(roles) or _SPOKEN.isdisjoint(roles):
        return table
    found = (at for at, role in enumerate(roles) if role in _SPOKEN or role is Role.OTHER if _holds_names(table, at))
    at = next(found, None)
    header = tuple(Text("Model") if place == at else text for place, text in enumerate(table.header))
    return table if at is None else replace(table, header=header)


def _holds_names(table: Table, at: int) -> bool:
    cells = [row.cells[at] for row in table.rows if at < len(row.cells) and row.cells[at].plain]
    return bool(cells) and all((cell.codes or names_model(cell.plain)) and not find_dates(cell.plain) for cell in cells)


def _are_models(table: Table) -> bool:
    names = [text.plain for text in table.header[1:]]
    return bool(names) and all(map(names_model, names))


def _headers(block: Paragraph) -> tuple[str, ...]:
    """The headers of which the first line consists, and of nothing else: a name, then a column of dates at least."""
    line = block.text.plain.partition("\n")[0]
    found = list(_HEADER.finditer(line))
    alone = not _HEADER.sub("", line).strip()
    names_first = bool(found) and found[0].start() == 0 and found[0]["first"] is not None
    return tuple(match.group() for match in found) if alone and names_first and len(found) > 1 else ()


def _unflattened(block: Block, title: str) -> Block:
    if isinstance(block, Items):
        return table_of(block, title) or block
    if isinstance(block, Table):
        return _card(block, title) or _with_named_column(upright(block))
    return (_tabled(block, title) or block) if isinstance(block, Paragraph) else block


def _tabled(block: Paragraph, title: str) -> Table | None:
    if "\n" not in block.text.plain:
        return None
    if found := card_of(block, title) or _separated(block):
        return found
    headers = _headers(block)
    dates = sum(role_of(header) in _DATES for header in headers)
    rows = _rows(block.text.plain.split("\n")[1:], dates) if headers else ()
    return Table(tuple(Text(header) for header in headers), tuple(rows)) if headers else None


def _separated(block: Paragraph) -> Table | None:
    """The table of a paragraph whose lines are values between commas, semicolons or tabs, below a line of known headers."""
    first, _, rest = block.text.plain.partition("\n")
    for sign in (sign for sign in ",;\t" if sign in first):
        header = [name.strip(' "').replace("_", " ") for name in first.split(sign)]
        roles = {role_of(name) for name in header}
        rows = [[cell.strip(' "') for cell in line.split(sign)] for line in rest.split("\n")]
        same = all(len(row) == len(header) for row in rows)
        if same and not roles.isdisjoint(_SPOKEN) and not roles.isdisjoint(_NAMED):
            cells = (tuple(Text(cell) for cell in row) for row in rows)
            return Table(tuple(map(Text, header)), tuple(Row(row, apart=True) for row in cells))
    return None


def _rows(lines: list[str], dates: int) -> Iterator[Row]:
    """A row per line; one without a date that is no id is the label of those below it."""
    group = ""
    for line in lines:
        spans = sorted([(date.start, date.end) for date in find_dates(line)] + [at.span() for at in _NO_DATE.finditer(line)])
        if not spans and not is_id(line):
            group = line
        else:
            yield Row(tuple(_cells(line, spans, dates)), group, short=len(spans) != dates)


def _cells(line: str, spans: list[tuple[int, int]], dates: int) -> Iterator[Text]:
    """Name, dates and the rest; a line without a date for each column names no model, so that it is skipped as it stands."""
    if len(spans) != dates:
        yield from (Text(""), Text(line))
        return
    yield Text(line[: spans[0][0]].strip())
    yield from (Text(line[start:end]) for start, end in spans)
    yield Text(line[spans[-1][1] :].strip())
