"""Pipe tables: by hand, and against markdown-it-py on generated ones."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from monitor.parsing.documents import Block, Paragraph, Row, Table, Text, read_document
from monitor.parsing.documents.gfm_tables import split_row


def texts(*plain: str) -> tuple[Text, ...]:
    return tuple(map(Text, plain))


def blocks(page: str) -> tuple[Block, ...]:
    [section] = read_document(page.encode()).sections
    return section.blocks


def rows(page: str) -> tuple[Row, ...]:
    [found] = blocks(page)
    assert isinstance(found, Table)
    return found.rows


def test_a_table_stands_between_other_blocks() -> None:
    page = """para
| **Model** | Date<sup>1</sup> | Use |
| :-- | --: | :-: |
| `a-1` \\| `b` | 2026-01-01<br/>or later | [c](d) |
|  |  |  |
| **Model** | Date | Use |
| `e\\|f` | <span id="x"></span> |
note below
"""
    assert blocks(page) == (
        Paragraph(Text("para")),
        Table(
            (Text("Model"), Text("Date", (), (), ("1",)), Text("Use")),
            (
                Row((Text("a-1 | b", ("a-1", "b")), Text("2026-01-01\nor later"), Text("c", (), (("c", "d"),)))),
                Row((Text("e|f", ("e|f",)), Text("")), short=True),
            ),
        ),
        Paragraph(Text("note below")),
    )


def test_labels_are_groups_and_data_are_not() -> None:
    page = """| M | D | R |
|---|---|---|
| a | b | c |
| Preview models | | |
| d | e | f |
| `code` | | |
| In May 2026 | | |
| 2026\u201101\u201102 | | |
| lyria-2 | | |
| Old |
| Older | | |
| g | h | i | j |
| Last | | |
"""
    assert rows(page) == (
        Row(texts("a", "b", "c")),
        Row(texts("d", "e", "f"), "Preview models"),
        Row((Text("code", ("code",)), *texts("", "")), "Preview models"),
        Row(texts("In May 2026", "", ""), "Preview models"),
        Row(texts("2026\u201101\u201102", "", ""), "Preview models"),
        Row(texts("lyria-2", "", ""), "Preview models"),
        Row(texts("Old"), "Preview models", short=True),
        Row(texts("g", "h", "i", "j"), "Older"),
        Row(texts("Last", "", ""), "Older"),
    )


def test_a_single_column_has_no_groups() -> None:
    assert rows("| M |\n|---|\n| Preview models |") == (Row(texts("Preview models")),)


def test_a_row_at_which_the_page_breaks_off_is_marked() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert rows(table + "| 3 | 4") == (Row(texts("1", "2")), Row(texts("3", "4"), cut=True))
    assert rows(table + "| Preview mo") == (Row(texts("1", "2")), Row(texts("Preview mo"), short=True, cut=True))
    assert rows(table + r"| 3 | 4 \|")[1].cut
    assert not rows(table + "| 3 | 4\n")[1].cut
    assert not rows(table + "| 3 | 4 |")[1].cut
    assert not rows("a | b\n---|---\n1 | 2")[0].cut


def test_rows_end_where_another_block_begins() -> None:
    table = "a | b\n-|-\n1 | 2\n"
    for below in ("# c | d", "> c | d", "- c | d", "1. c | d", "plain", r"c \| d", "<Note> c | d", ":::note | d"):
        found = read_document((table + below).encode()).sections[0].blocks[0]
        assert found == Table(texts("a", "b"), (Row(texts("1", "2")),))


def test_what_only_looks_like_a_table() -> None:
    for page in ("a | b", "a | b\nc | d", "a | b\n---", r"a \| b" + "\n|--|", "a | b\n|-|x|", "| a |\n\n|---|"):
        assert all(isinstance(block, Paragraph) for section in read_document(page.encode()).sections for block in section.blocks)


def test_rows_are_split_at_pipes_that_are_not_escaped() -> None:
    assert split_row("| a | b ") == ["a", "b"]
    assert split_row(r"a\|b|`c|d`") == ["a|b", "`c", "d`"]
    assert split_row("||") == [""]
    assert split_row("|") == [""]
    assert split_row(r"| \\| |") == [r"\|"]


CELLS = st.text(alphabet=list("ab1 `|\\*é-:"), max_size=8).map(lambda text: text.strip() or "x")
GRIDS = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=5))
ORACLE = MarkdownIt("commonmark").enable("table")


def sources_of(page: str) -> list[list[str]]:
    """The cells of the first table as markdown-it-py splits them: its inline sources."""
    tables = [node for node in SyntaxTreeNode(ORACLE.parse(page)).children if node.type == "table"]
    return [[cell.children[0].content for cell in row.children] for part in tables[0].children for row in part.children]


@given(GRIDS, st.booleans(), st.booleans())
def test_rows_are_split_as_markdown_it_does(grid: list[list[str]], opened: bool, closed: bool) -> None:  # noqa: FBT001
    def line(cells: list[str]) -> str:
        return ("| " if opened else "") + " | ".join(cells) + (" |" if closed else "")

    header, *body = (line([cell.replace("|", r"\|").replace("\\\\", "\\") for cell in row]) for row in grid)
    page = "\n".join([header, line(["---"] * len(grid[0])), *body])
    parsed = ORACLE.parse(page)
    if [token.type for token in parsed[:1]] != ["table_open"]:
        return  # a line that begins as another block
    expected = sources_of(page)
    width = len(expected[0])
    for printed, cells in zip([header, *body], expected, strict=False):
        ours = split_row(printed)
        assert (ours + [""] * width)[:width] == [cell.strip() for cell in cells]
