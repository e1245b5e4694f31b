"""GitHub Copilot's model retirement history: the flat YAML list behind the table of its public docs, display names only."""

from collections.abc import Iterator

from msgspec import structs

from monitor.domain.claims import Authority, Skipped, Statement
from monitor.domain.facts import ReplacedBy, fact_value
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.documents import Table, decode
from monitor.parsing.documents.flat_yaml import FlatList, read_flat_list
from monitor.parsing.tables.rows import Frame, read_rows
from monitor.sources._source import Source

FIELD = b"retirement_date:"


def parse(page: Page, provider: str) -> Parsed:
    """Every entry's retirement and replacement, quoted as the file's lines."""
    if FIELD not in page.body:
        return Parsed(drift="not the page expected: no list of retirement dates")
    data = read_flat_list(decode(page.body, page.content_type))
    statements: list[Statement] = []
    skipped = [Skipped(line, "a line that is no field of an entry", "line") for line in data.unread]
    for row, lines in zip(data.table.rows, data.lines, strict=True):
        rows = read_rows(Table(data.table.header, (row,)), Frame(provider))
        statements.extend(_quoted(rows.statements, data, lines))
        skipped.extend(rows.skipped)
    drift = "" if statements else "no retirement on this page"
    return Parsed(tuple(dict.fromkeys(statements)), tuple(skipped), drift)


def _quoted(statements: list[Statement], data: FlatList, lines: dict[str, str]) -> Iterator[Statement]:
    """Each statement with the line that holds its value."""
    headers = [header.plain for header in data.table.header]
    for statement in statements:
        value = statement.fact.model if isinstance(statement.fact, ReplacedBy) else fact_value(statement.fact)
        yield structs.replace(statement, quote=next((lines[key] for key in headers[1:] if value in lines.get(key, "")), statement.quote))


SOURCE = Source(
    key="copilot_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="github-copilot",
    authority=Authority.PROVIDER,
    address="https://raw.githubusercontent.com/github/docs/main/data/tables/copilot/model-deprecation-history.yml",
    parse=parse,
    at_least=5,
)
