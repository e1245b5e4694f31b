"""Tables without borders and lists of records, as tables again."""

from monitor.parsing.documents import Block, Items, Paragraph, Section, Table, Text
from monitor.parsing.tables.flat_tables import with_flat_tables


def section(*blocks: Block) -> Section:
    return Section(Text("Models"), 2, blocks)


def tables(*blocks: Block) -> list[list[tuple[str, ...]]]:
    """The cells of each table found; its groups in front of the rows they stand above."""
    found = with_flat_tables(section(*blocks)).blocks
    return [
        [tuple(cell.plain for cell in table.header), *((row.group, *(cell.plain for cell in row.cells)) for row in table.rows)]
        for table in found
        if isinstance(table, Table)
    ]


def paragraph(*lines: str) -> Paragraph:
    return Paragraph(Text("\n".join(lines)))


def items(*lines: str) -> Items:
    return Items(tuple(map(Text, lines)))


def test_a_line_of_headers_begins_a_table() -> None:
    assert tables(
        paragraph(
            "Model Release date Shutdown date Recommended replacement",
            "gemini-2.5-pro June 17, 2025 June 17, 2026 gemini-3-pro-preview",
            "Preview models",
            "gemini-3-pro-preview November 18, 2025 No shutdown date announced",
            "embedding-gecko-001 October 30, 2025 gemini-embedding-2",
            "lyria-2",
        )
    ) == [
        [
            ("Model", "Release date", "Shutdown date", "Recommended replacement"),
            ("", "gemini-2.5-pro", "June 17, 2025", "June 17, 2026", "gemini-3-pro-preview"),
            ("Preview models", "gemini-3-pro-preview", "November 18, 2025", "No shutdown date announced", ""),
            ("Preview models", "", "embedding-gecko-001 October 30, 2025 gemini-embedding-2"),
            ("Preview models", "", "lyria-2"),
        ]
    ]


def test_prose_stays_prose() -> None:
    prose = section(
        paragraph("The model release date is not", "known on May 1, 2026"),
        paragraph("Release date Model", "x May 1, 2026"),
        paragraph("Model", "x May 1, 2026"),
        paragraph("one line"),
        items("EOL date: May 1, 2026", "none"),
    )
    assert with_flat_tables(prose) is prose


def test_a_list_of_records_is_a_table() -> None:
    assert tables(
        items(
            "Amazon",
            "Model name: Nova Canvas",
            "Model ID: amazon.nova-canvas-v1:0",
            "EOL date: September 30, 2026",
            "Anthropic",
            "Model ID: anthropic.claude-3-haiku",
            "Regions: us-east-1 / EOL date: September 10, 2026",
            "Regions: us-gov-east-1 / EOL date: September 11, 2026",
            "Model ID: cohere.command-r-v1:0",
            "Model ID: cohere.command-r-plus-v1:0",
            "EOL date: August 19, 2026",
            "see / here",
        )
    ) == [
        [
            ("Model name", "Model ID", "EOL date", "Regions"),
            ("", "Nova Canvas", "amazon.nova-canvas-v1:0", "September 30, 2026", ""),
            ("", "", "anthropic.claude-3-haiku", "September 10, 2026", "us-east-1"),
            ("", "", "anthropic.claude-3-haiku", "September 11, 2026", "us-gov-east-1"),
            ("", "", "cohere.command-r-plus-v1:0", "August 19, 2026", ""),
        ]
    ]


def test_a_list_without_records_stays_a_list() -> None:
    plain = section(items("Model ID: gpt-4o", "Context window: 128,000", "https://example.org"), items("Retired: 2 models"))
    assert with_flat_tables(plain) is plain


def test_a_list_of_more_labels_than_columns_is_no_table() -> None:
    lines = [line for number in range(40) for line in (f"Model {number}: m-{number}", f"EOL date {number}: May 1, 2026", "")]
    many = section(items(*lines))
    assert with_flat_tables(many) is many
