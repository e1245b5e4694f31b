"""Inline Markdown: what a reader sees of it, and the code, links and marks in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.documents import Text
from monitor.parsing.documents.inline import read_inline

PLAIN = {
    "": "",
    "  a \t b\u00a0c ": "a b c",
    "*a* **b** ***c*** _d_ __e__": "a b c d e",
    "**a *b* c**": "a b c",
    "**Note:**text and **2026-01-01,**more": "Note:text and 2026-01-01,more",
    "snake_case_name and _a_b": "snake_case_name and _a_b",
    "2 weeks* or 3*": "2 weeks* or 3*",
    "* a* and 5 * 3": "* a* and 5 * 3",
    "**a*": "*a",
    "*a**": "a*",
    "a**b**c": "abc",
    "*(a)*": "(a)",
    "~150K ~~~x~~~ ~~y": "~150K ~~~x~~~ ~~y",
    r"2 or 3 weeks\* \<24 hrs \\ \q \`x\`": r"2 or 3 weeks* <24 hrs \ \q `x`",
    "&lt;a&gt; &amp;amp; &#8211; &#x2013; &nbsp;b &bogus; &#99999999; &copy": "<a> &amp; – – b &bogus; &#99999999; &copy",
    "a&#x202e;b&#0;c&ZeroWidthSpace;d": "ab\ufffdcd",
    "![alt text](x.png) a": "a",
    "a<br>b<br/>c<BR />d": "a\nb\nc\nd",
    '<span id="x"></span>a<Tooltip tip="1 > 0" on={() => { x }}>b</Tooltip></span>': "ab",
    "<your-project> <a <b> 1 < 2 > 0": "<your-project> <a 1 < 2 > 0",
    "[x] [ ] ] [[y]] ()": "[x] [ ] ] [[y]] ()",
    "{{name}} {a}": "{{name}} {a}",
    "gpt-4.1\u2011mini": "gpt-4.1\u2011mini",
}


@pytest.mark.parametrize("source", PLAIN)
def test_plain_text(source: str) -> None:
    assert read_inline(source) == Text(PLAIN[source])


CODES = {
    "`a-1`": Text("a-1", ("a-1",)),
    " `a` or `b*`": Text("a or b*", ("a", "b*")),
    "``a`b`` `` ` ``": Text("a`b `", ("a`b", "`")),
    "`a  b\nc` ` d `": Text("a b c d", ("a b c", "d")),
    "`unclosed ``either": Text("`unclosed ``either"),
    "``a` b": Text("``a` b"),
    "`a``b`": Text("a``b", ("a``b",)),
    "``` ` ``` `": Text("` `", ("`",)),
    "` `": Text(""),
    "` ` x": Text("x"),
    r"`a\`": Text("a\\", ("a\\",)),
    "`**a** &lt; <b>`": Text("**a** &lt; <b>", ("**a** &lt; <b>",)),
    "**`a`** <code>b</code> <tt>c<tt>d</tt></tt>": Text("a b cd", ("a", "b", "cd")),
    "<code></code>x": Text("x"),
}


@pytest.mark.parametrize("source", CODES)
def test_code(source: str) -> None:
    assert read_inline(source) == CODES[source]


LINKS = {
    "[a](b) [c](<d e> 'f') [g](h \"i\") [j]( k (l) )": Text(
        "a c g j", (), (("a", "b"), ("c", "d e"), ("g", "h"), ("j", "k")),
    ),
    "[`a`](b)": Text("a", ("a",), (("a", "b"),)),
    "[**a** \\[b\\]](c\\_d&amp;e(f))": Text("a [b]", (), (("a [b]", "c_d&e(f)"),)),
    "[![icon](x.svg)a](b)[![icon](x.svg)](c)": Text("a", (), (("a", "b"),)),
    "![a [b](c) d](e) f": Text("f", (), (("b", "c"),)),
    "[a [b](c) d](e)": Text("[a b d](e)", (), (("b", "c"),)),
    "[a](b c)": Text("[a](b c)"),
    "[a] (b)": Text("[a] (b)"),
    "[a][Ref] [b][no] [c][]": Text("a [b][no] [c][]", (), (("a", "/ref"),)),
    "<https://e.test/?a=1> <mailto:a@e.test>": Text(
        "https://e.test/?a=1 mailto:a@e.test", (), (("https://e.test/?a=1",) * 2, ("mailto:a@e.test",) * 2)
    ),
    "<a href='b'>a <a href=\"c\">d</a></a><a id=x>e</a>": Text("a de", (), (("a d", "b"),)),
    '</a> <a href="">x': Text("x", (), (("x", ""),)),
}  # fmt: skip


@pytest.mark.parametrize("source", LINKS)
def test_links(source: str) -> None:
    assert read_inline(source, {"ref": "/ref"}) == LINKS[source]


MARKS = {
    "2027-04-14<sup>1</sup>": Text("2027-04-14", (), (), ("1",)),
    "a<sup>[1](#f)</sup><sub>2, 3</sub>": Text("a", (), (("1", "#f"),), ("1", "2, 3")),
    "Jan 2026\u00b9\u00b2 and x\u2074": Text("Jan 2026 and x", (), (), ("12", "4")),
    "a[^1][^note-2] [^not a note]": Text("a [^not a note]", (), (), ("1", "note-2")),
    "<sup>1</sup>": Text("", (), (), ("1",)),
    "<sup></sup>a": Text("a"),
    "_<sup>* small print goes on</sup>_": Text("* small print goes on"),
    "<sup>*</sup> b* c": Text("b* c", (), (), ("*",)),
    "x <sup>*</sup>* c": Text("x * c", (), (), ("*",)),
    "[a<sup>[</sup>](b)": Text("[a](b)", (), (), ("[",)),
    "<sup>[a</sup>](b)": Text("](b)", (), (), ("[a",)),
    "<code>a</sup></code>": Text("a", ("a",)),
}


@pytest.mark.parametrize("source", MARKS)
def test_footnote_marks(source: str) -> None:
    assert read_inline(source) == MARKS[source]


@given(st.text(alphabet="ab 1`*_~[]()!<>&\\\n^|", max_size=60))
def test_codes_and_links_are_part_of_the_text(source: str) -> None:
    text = read_inline(source)
    line = text.plain.replace("\n", " ")
    assert all(code in line for code in text.codes)
    assert text.plain == text.plain.strip()
    assert "  " not in text.plain


@given(st.lists(st.text(alphabet="abc-1.", min_size=1, max_size=8), min_size=1, max_size=4))
def test_what_is_quoted_as_code_comes_back_as_code(names: list[str]) -> None:
    assert read_inline(", or ".join(f"`{name}`" for name in names)) == Text(", or ".join(names), tuple(names))


def test_a_lost_backtick_glues_no_words_together() -> None:
    text = read_inline("`heron-2 and `egret-1` have ended: `teal-3`.")
    assert text.plain == "heron-2 and egret-1 have ended: teal-3`."
    assert read_inline("a` b`c").plain == "abc"
