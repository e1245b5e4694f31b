"""Markdown, MDX and plain text: whole pages in, whole documents out."""

import pytest

from monitor.parsing.documents import Block, Document, Items, Note, Paragraph, Row, Section, Table, Text, read_document


def texts(*plain: str) -> tuple[Text, ...]:
    return tuple(map(Text, plain))


def paragraphs(*plain: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Text(text)) for text in plain)


def blocks(page: str) -> tuple[Block, ...]:
    [section] = read_document(page.encode()).sections
    return section.blocks


def table(header: str, *rows: str) -> Table:
    return Table(texts(*header.split()), tuple(Row(texts(*row.split())) for row in rows))


def test_headings_make_sections_with_the_path_above_them() -> None:
    page = """before

# One {#one}
a
### [Three](#three) ###
Two lines
of title
========
Small
-----
b
#no heading
####### nor this
##
"""
    assert read_document(page.encode()).sections == (
        Section(Text(""), 0, paragraphs("before")),
        Section(Text("One"), 1, paragraphs("a")),
        Section(Text("Three"), 3, (), ("One",)),
        Section(Text("Two lines of title"), 1, ()),
        Section(Text("Small"), 2, paragraphs("b\n#no heading\n####### nor this"), ("Two lines of title",)),
        Section(Text(""), 2, (), ("Two lines of title",)),
    )


def test_a_title_keeps_its_code_and_marks_but_no_links() -> None:
    [section] = read_document(b"## `a-1` and [b](c)<sup>2</sup> <a id=x></a>").sections
    assert section.title == Text("a-1 and b", ("a-1",), (), ("2",))


def test_front_matter_is_apart() -> None:
    page = '---\ntitle: "A page"\nurl: \'https://e.test/x: y\'\nempty:\nkept: "half\n  nested: no\n- item\nms.date: 04/23/2026\n---\ntext'
    assert read_document(page.encode()) == Document(
        (Section(Text(""), 0, paragraphs("text")),),
        {"title": "A page", "url": "https://e.test/x: y", "empty": "", "kept": '"half', "ms.date": "04/23/2026"},
    )


@pytest.mark.parametrize("page", ["---\na: b\nnever closed", "---\n\n# x\n---\n", "----\na: b\n---\n", "---\ntwo words\n---\n"])
def test_rules_are_no_front_matter(page: str) -> None:
    assert read_document(page.encode()).front == {}


def test_lists_are_flat_and_items_go_on_where_they_are_indented() -> None:
    page = """- one
  goes on

  and on
* two
  1. nested
  2) more
+
  \u2022 bullet
after the list
1. may begin
2. a list
1986. may not
-
 * * *
- a
---
7. first
"""
    assert blocks(page) == (
        Items(texts("one\ngoes on\nand on", "two", "nested", "more", "bullet")),
        *paragraphs("after the list"),
        Items(texts("may begin", "a list", "may not")),
        Items(
            texts(
                "a",
            )
        ),
        Items(texts("first")),
    )


def test_only_a_first_item_breaks_into_a_paragraph() -> None:
    assert blocks("In\n1986. a year\n-\n1. one") == (*paragraphs("In\n1986. a year\n-"), Items(texts("one")))


def test_lines_of_plain_text_stay_lines() -> None:
    page = "Context window\n\n1,000 tokens\nMax output\n--\nknown = 1\n\n  indented\n\n\n\tlast"
    assert blocks(page) == paragraphs("Context window", "1,000 tokens\nMax output\n--\nknown = 1", "indented", "last")


def test_code_comments_and_styles_are_no_text() -> None:
    page = """a
```json
# no heading
``
~~~
```
b <!-- c
| x | y | --> d
{/* e */}
<style>
p { color: red }
</style>
<!-- f -->
g
- ~~~
  h
  ~~~
  <pre>
i
</pre>
`<!--` j `-->` <!-- never closed {/* nor this
import X from "y"
import this
~~~~
never closed
"""
    assert blocks(page) == (
        *paragraphs("a", "b d\ng"),
        Paragraph(Text("<!-- j --> <!-- never closed {/* nor this\nimport this", ("<!--", "-->"))),
    )


def test_notes_of_all_kinds() -> None:
    page = """<Note>
  one

  - two
  ## three
  | A | B |
  |---|---|
  | 1 | 2 |
  four
</Note>
<Warning>five</Warning> six
<Card title="seven" href="/x">
  eight
</Card>
<Tip title='nine' />
> [!CAUTION]
> ten
>> eleven
> # twelve

::: warning [thirteen]
fourteen
:::
:::
::: zone pivot="x"
fifteen
::: zone-end
:::tabs
sixteen
:::
"""
    assert blocks(page) == (
        Note(texts("one", "two", "three")),
        table("A B", "1 2"),
        Note(texts("four")),
        Note(texts("five")),
        *paragraphs("six"),
        Note(texts("seven", "eight")),
        Note(texts("nine")),
        Note(texts("ten\neleven", "twelve")),
        Note(texts("thirteen", "fourteen")),
        *paragraphs("fifteen", "sixteen"),
    )


def test_a_component_in_code_is_code() -> None:
    page = "The `<Note>` and `</Note>` tags\n: of a page\n:: never note"
    assert blocks(page) == (Paragraph(Text("The <Note> and </Note> tags\n: of a page\n:: never note", ("<Note>", "</Note>"))),)


def test_what_is_never_closed_swallows_nothing() -> None:
    assert blocks("<Note>\na\n\n</Warning>\nb\n:::note\nc") == paragraphs("a", "b", "c")


def test_notes_within_notes_are_one() -> None:
    assert blocks("<Card>\na\n<Note>\nb\n</Note>\nc\n</Card>\n</Card>\nd") == (Note(texts("a", "b", "c")), *paragraphs("d"))


def test_structure_is_transparent() -> None:
    page = """<Tabs><Tab title="First">
a
</Tab></Tabs>
<Accordion
  title={"Second"}
>
b
</Accordion>
<section title="Third">c</section>
<Unknown/>
<Unknown> d
<Card
never closed
"""
    assert blocks(page) == paragraphs("First", "a", "Second", "b", "Third", "c", "d\n<Card\nnever closed")


def test_updates_are_sections_below_the_heading_above() -> None:
    page = """# Log
## May
<Update label="2026-05-17" description="v2" tags={["A", "B"]}>
  **Gone**: `a-1`
  ## Why
  b
  #### How
  ### Whence
</Update>
c
<Update label={'2026-04'}>
d
<Update label='2026-03'>
e
<Note>
</Update>
</Update>
# Next
"""
    log, may = ("Log",), ("Log", "May")
    update = (*may, "2026-05-17")
    assert read_document(page.encode()).sections == (
        Section(Text("Log"), 1, ()),
        Section(Text("May"), 2, (), log),
        Section(Text("2026-05-17"), 3, (*paragraphs("v2"), Paragraph(Text("Gone: a-1", ("a-1",)))), may, update=True),
        Section(Text("Why"), 4, paragraphs("b"), update),
        Section(Text("How"), 6, (), (*update, "Why")),
        Section(Text("Whence"), 5, (), (*update, "Why")),
        Section(Text("May"), 2, paragraphs("c"), log),
        Section(Text("2026-04"), 3, paragraphs("d"), may, update=True),
        Section(Text("2026-03"), 3, paragraphs("e"), may, update=True),
        Section(Text("Next"), 1, ()),
    )


def test_html_within_markdown_is_read_as_html() -> None:
    page = """# Page
<h2 id="x">Small <code>c</code></h2>
<table>
<tr><th>A<th>B

<tr><td><table><tr><td>1</table><td>2
</table> after
<ul><li>one</ul>
<dl>
never closed
"""
    assert read_document(page.encode()).sections == (
        Section(Text("Page"), 1, ()),
        Section(
            Text("Small c", ("c",)),
            2,
            (table("A B", "1 2"), *paragraphs("after"), Items(texts("one")), Items(texts("never closed"))),
            ("Page",),
        ),
    )


def test_references_and_footnotes() -> None:
    page = "[text][Some  Ref] and [text][other] and [^1] a[^two].\n[some ref]: /there\n[^1]: the note\n[^no footnote\n[ x ]: a b"
    assert blocks(page) == (
        Paragraph(Text("text and [text][other] and a.", (), (("text", "/there"),), ("1", "two"))),
        Paragraph(Text("the note\n[^no footnote", (), (), ("1",))),
    )
