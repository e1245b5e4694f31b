"""HTML pages in, whole documents out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.parsing.documents import Block, Document, Items, Note, Paragraph, Row, Section, Table, Text, read_document


def texts(*plain: str) -> tuple[Text, ...]:
    return tuple(map(Text, plain))


def paragraphs(*plain: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Text(text)) for text in plain)


def blocks(body: str) -> tuple[Block, ...]:
    [section] = read_document(f"<!doctype html><body>{body}".encode()).sections
    return section.blocks


def table(body: str) -> Table:
    [found] = blocks(f"<table>{body}</table>")
    assert isinstance(found, Table)
    return found


def test_headings_make_sections_with_the_path_above_them() -> None:
    page = """<html><body><p>before</p>
<h1>One <a href="#one" aria-hidden=true>#</a></h1><h3><a href="/3">Three</a><sup>1</sup><svg><text>icon</text></svg> <code>c</code></h3>a
<div><h2>Two<br>lines<div>in blocks</div></h2></div>
<div>b</div>"""
    assert read_document(page.encode()).sections == (
        Section(Text(""), 0, paragraphs("before")),
        Section(Text("One"), 1, ()),
        Section(Text("Three c", ("c",), (), ("1",)), 3, paragraphs("a"), ("One",)),
        Section(Text("Two lines in blocks"), 2, paragraphs("b"), ("One",)),
    )


def test_blocks_end_paragraphs_and_breaks_end_lines() -> None:
    body = """loose <b>text</b>
goes   on<div>x<div>y</div>z</div><p>1<br>2<br/> <br>3</p><hr><span> </span><section>s<article>t</article></section>
<section><a href="/a"><div>card</div>more</a></section>"""
    assert blocks(body) == (
        *paragraphs("loose text goes on", "x", "y", "z", "1\n2\n3", "s", "t"),
        Paragraph(Text("card", (), (("card", "/a"),))),
        *paragraphs("more"),
    )


def test_inline_markup() -> None:
    body = (
        '<p><code>a-1</code>, <a href="/b?c&amp;d"><tt>b</tt> <a>e</a></a> <i>f</i><img alt="no"> 5&lt;6 &#x202e;g<sup>1</sup>'
        ' H<sub>2</sub><sup>this is small print</sup> <a href="">h</a> 2026\u201103\u2011\u00b9</p>'
    )
    [found] = blocks(body)
    assert found == Paragraph(
        Text("a-1, b e f 5<6 g Hthis is small print h 2026\u201103\u2011", ("a-1", "b"), (("b", "/b?c&d"),), ("1", "2", "1"))
    )


def test_a_span_left_open_reaches_into_the_blocks_that_follow() -> None:
    assert blocks("<p><code>a-1<p>b<table><tr><td>c</table>") == (
        Paragraph(Text("a-1", ("a-1",))),
        Paragraph(Text("b", ("b",))),
        Table((), (Row((Text("c"),)),)),
    )
    assert blocks("<a href=/x><div>one</div><p>two</p></a>") == (
        Paragraph(Text("one", (), (("one", "/x"),))),
        *paragraphs("two"),
    )


def test_what_is_no_element_is_no_text() -> None:
    assert blocks('<p>a<!-- <p>"b"</p> -->c<?php d ?>e</p><!doctype x><p>f<!-->g</p>') == paragraphs("ace", "fg")
    assert blocks("<xmp><b>a</b> &amp;</xmp><p>&amp;lt;&nbsp;b") == paragraphs("<b>a</b> &amp;", "&lt; b")


def test_attributes_of_any_form_are_read() -> None:
    body = """<p x"y=z "" href=no><a title="a > b" =c="1" href='/d?"e"&amp;f=<g>'>h</a></p>"""
    assert blocks(body) == (Paragraph(Text("h", (), (("h", '/d?"e"&f=<g>'),))),)


def test_lists_are_flat_and_terms_join_their_definitions() -> None:
    body = """<ul><li>a<ul><li>b<br>c</li></ul>d</li>loose<li><p>e</p><h4>f</h4><blockquote>g</blockquote></li><li> </li></ul>
<dl><dt>T<dd>one<dd>two<dt>U<dt>V<dd><p>three</p></dl><li>stray</li><ul></ul>"""
    assert blocks(body) == (
        Items(texts("a", "b\nc", "d", "loose", "e\nf\ng")),
        Items(texts("T: one", "two", "U", "V: three")),
        *paragraphs("stray"),
    )


def test_a_table_in_a_list_stands_before_it() -> None:
    body = "<ol><li>a<table><tr><th>h<th>i<tr><td>1<td>2</table>b</ol>"
    assert blocks(body) == (Table(texts("h", "i"), (Row(texts("1", "2")),)), Items(texts("a", "b")))


@pytest.mark.parametrize(
    "tag",
    [
        'div role="note"',
        'p class="x awsdocs-note"',
        'aside class="caution"',
        "div class=NOTE",
        'section class="my-callout-box"',
        "blockquote",
    ],
)
def test_notes_of_all_kinds(tag: str) -> None:
    name = tag.partition(" ")[0]
    assert blocks(f"a<{tag}>b<br>c</{name}>d") == (*paragraphs("a"), Note(texts("b\nc")), *paragraphs("d"))


def test_a_note_holds_paragraphs_only() -> None:
    body = '<div class="admonition"><h5>Note</h5><p>a</p><ul><li>b</ul><div class="note">c</div></div>'
    assert blocks(body) == (Note(texts("Note", "a", "b", "c")),)


def test_what_only_sounds_like_a_note() -> None:
    for tag in ('div class="footnote"', 'div class="notes text-note-x"', 'ul class="note"', 'div class="note"'):
        body = f"<{tag}>" + ("<h2>t</h2>" if tag.endswith('="note"') else "") + "<p>a</p>"
        assert not any(isinstance(block, Note) for section in read_document(f"<html>{body}".encode()).sections for block in section.blocks)


def test_what_stands_around_the_content_is_skipped() -> None:
    body = """<header>logo</header><nav>menu</nav><div role=navigation>more</div><header><h1>Title</h1></header><aside>see also</aside>
<script>var x</script><style>p{}</style><svg><text>icon</text></svg><template><p>t</p></template><button>Copy</button><pre>code</pre>
<textarea>t</textarea><select><option>o</select><noscript>n</noscript><p>text</p><!-- c --><footer>legal</footer>"""
    assert read_document(f"<html><head><title>t</title></head><body>{body}".encode()) == Document(
        (Section(Text("Title"), 1, paragraphs("text")),)
    )


def test_the_main_part_is_preferred_where_it_holds_the_tables_or_most_of_the_text() -> None:
    cells = "<table><tr><th>a<th>b<tr><td>1<td>2</table>"
    found = Table(texts("a", "b"), (Row(texts("1", "2")),))
    assert blocks(f"chrome {'text ' * 50}<main>{cells}</main>") == (found,)
    assert blocks(f"<article>card</article>{cells}") == (*paragraphs("card"), found)
    assert blocks("chrome<div role=main>much more text</div>") == paragraphs("much more text")
    assert blocks("much more text<main>card</main>") == paragraphs("much more text", "card")


def test_spans_are_filled_in() -> None:
    body = """<thead><tr><th colspan=2>A<th rowspan=2>B<tr><th>a1<th>a2
<tbody><tr><td rowspan=3>x<td colspan="2">y<tr><td rowspan=0>1<td>2<tr></tr><tr><td>3
<tbody><tr><td>k<td>l<td colspan=-1>m"""
    assert table(body) == Table(
        texts("A a1", "A a2", "B"),
        (
            Row(texts("x", "y", "y"), apart=True),
            Row(texts("x", "1", "2"), apart=True),
            Row(texts("3", "1"), short=True, apart=True),
            Row(texts("k", "l", "m")),
        ),
    )


def test_a_span_leaves_a_gap_where_a_row_is_too_short_to_reach_it() -> None:
    assert table("<tr><th>A<th>B<th>C<tr><td>1<td>2<td rowspan=2>3<tr><td>4").rows == (
        Row(texts("1", "2", "3")),
        Row(texts("4", "", "3"), apart=True),
    )


def test_labels_headers_and_empty_rows() -> None:
    body = """<tr><th colspan=3>Title<tr><th>A<th>B<th>C<tr><td>1<td>2<td>3<tr><td colspan=9><code>p</code> models<tr><th>sub
<tr><td>4<td>5<td><tr><td> <td> <td><tr><th>A<th>B<th>C<tr><td>6<td>7<td>8<td>9<tr><td colspan=2>10
<tr><th>D<th>E<tr><td>11<td>12<tr><td colspan=4>None planned"""
    first, second = blocks(f"<table>{body}</table>")
    assert first == Table(
        texts("A", "B", "C"),
        (
            Row(texts("1", "2", "3"), "Title"),
            Row(texts("4", "5", ""), "sub"),
            Row(texts("6", "7", "8", "9"), "sub"),
            Row(texts("10", "10"), "sub", short=True, apart=True),
        ),
    )
    assert second == Table(texts("D", "E"), (Row(texts("11", "12")), Row(texts("None planned"), short=True)))


def test_a_table_without_header_or_content() -> None:
    assert table("<tr><td>1<td>2").header == ()
    assert table("<tr><th>one<tr><td>two words") == Table(texts("one"), (Row(texts("two words")),))
    assert blocks("<table><caption>only this</caption><tr><td></table>") == paragraphs("only this")


def test_cells_are_one_text_with_lines() -> None:
    body = """<tr><th>A<th>B<tr><td><p>a</p><p>b</p><ul><li>c<li>d</ul><dl><dt>e<dd>f</dl><h3>g</h3><div class=note>h</div>
<td><table><thead><tr><td>1<td>2<tbody><tr><td>3</table>4"""
    assert table(body).rows == (Row((Text("a\nb\nc\nd\ne\nf\ng\nh"), Text("1 2\n3\n4"))),)


def test_a_table_that_only_arranges_tables_is_transparent() -> None:
    body = "<table><tr><td>a<td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>"
    assert blocks(body) == (*paragraphs("a"), Table(texts("A", "B"), (Row(texts("1", "2")),)))


@pytest.mark.parametrize(
    ("ending", "cut"), [("", True), ("</TABLE>", False), ("</table>", False), ("</tr>", False), ("</table><table><tr><td>5", True)]
)
def test_a_row_at_which_the_page_breaks_off_is_marked(ending: str, cut: bool) -> None:  # noqa: FBT001
    *_, last = blocks(f"<TABLE></TABLE><table><tr><th>A<th>B<tr><td>1<td>2<tr><td>3<td>4{ending}")
    assert isinstance(last, Table)
    assert [row.cut for row in last.rows] == [False] * (len(last.rows) - 1) + [cut]


WORDS = st.text(alphabet="abc12é-", min_size=1, max_size=5)
ROWS = st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=1, max_size=6)


@given(ROWS, st.sampled_from(["", "</td>"]), st.sampled_from(["", "<tbody>", "<tbody></tbody><tbody>"]), st.booleans())
def test_rows_are_those_of_another_parser(rows: list[list[str]], end: str, group: str, closed: bool) -> None:  # noqa: FBT001
    body = "".join("<tr>" + "".join(f"<td>{cell}{end}" for cell in row) for row in rows)
    page = f"<html><div><table>{group}{body}</table></div>" + ("</html>" if closed else "<p>")
    oracle = LexborHTMLParser(page)
    expected = [[cell.text(strip=True) for cell in row.css("td")] for row in oracle.css("tr")]
    [found] = read_document(page.encode()).sections[0].blocks
    assert isinstance(found, Table)
    assert [[cell.plain for cell in row.cells] for row in found.rows] == expected
