"""No page, however hostile, makes a reader raise anything but Undecodable or take more than linear time."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import Undecodable
from monitor.parsing.documents import Table, read_document

MANY = 50_000
MEGA = 300_000
PATIENCE = 8.0  # seconds; each page takes well under one, a quadratic reader would take minutes

PAGES = {
    "divs": "<html>" + "<div>" * MANY + "x",
    "attributes": "<html><p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">x",
    "lists": "<html>" + "<ul><li>a" * MANY,
    "tables in tables": "<html>" + "<table><tr><td>" * 20_000 + "<th>x",
    "notes": "<html>" + '<div class="note">x' * 20_000,
    "asides": "<html>" + '<aside class="note">' * 20_000,
    "headers": "<html>" + "<header>" * 20_000,
    "codes": "<html>" + "<code>x" * MANY,
    "marks": "<html>" + "<sup>x" * MANY,
    "class names": '<html><div class="' + "note-" * 200_000 + '">x',
    "adoption": "<html>" + "<a><table>" * 2_000,
    "comments": "<!--" * 300_000,
    "closed comments": "<!-- -->" * MANY + "<x",
    "pipes": "|" * MEGA,
    "pipes and dashes": "|" * MEGA + "\n" + "|-" * (MEGA // 2),
    "pipes in a table": "a|b\n-|-\n" + "|" * MEGA,
    "dashes": "a|b\n" + "-" * MEGA + "x|",
    "a large cell": "a|b\n-|-\n" + "x" * MEGA + "|y",
    "brackets": "[" * MANY,
    "links": "[a](" * MANY,
    "titles": '[a](b "' * MANY,
    "closed brackets": "[" * MANY + "](u)" * MANY,
    "images": "![" * MANY + "](u)" * MANY,
    "references": "[a][b" * MANY,
    "spaces in an address": "[x]( " + " " * MEGA,
    "backticks": "`" * MANY,
    "odd backticks": "".join("`" * n + " " for n in range(1, 800)),
    "even backticks": "` " * MANY + "``",
    "stars": "*" * MANY,
    "openers": "**a*b_c" * MANY,
    "quotes": ">" * MANY,
    "spaced quotes": ("> " * 300 + "\n") * 300,
    "open notes": "<Note>\n" * MANY,
    "closed notes": "<Note>" * MANY + "</Note>" * MANY,
    "updates": '<Update label="x">\n' * 50_000,
    "broken tags": '<Update label="' * MANY,
    "broken braces": "<Update a={{" * MANY,
    "tags without ends": "<Card\n" * MANY,
    "mdx comments": "{/*" * MANY,
    "styles": "# a\n" + "<style>\n" * 50_000 + "</style>",
    "fences": "```\n" * MANY,
    "front matter": "---\n" * MANY,
    "rules": "- " * MEGA,
    "hashes": "# " * MEGA,
    "numbers": "1" * MEGA + ". a",
    "colons": ":::note\n" * 50_000 + ":::\n" * 50_000,
    "a large entity": "&#" + "9" * MEGA + ";",
    "angles": "<a " * MANY,
    "html in markdown": "# x\n" + "<table>\n" * 50_000,
    "blank lines": "\n" * MEGA,
    "combining marks": "a" + "\u0301" * MEGA,
    "zero width": "\u200b" * MEGA,
    "backslashes": "\\" * MEGA,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_read_in_time(name: str) -> None:
    began = time.process_time()
    read_document(PAGES[name].encode())
    assert time.process_time() - began < PATIENCE


def test_spans_that_claim_millions_of_cells_stay_small() -> None:
    page = "<html><table><tr>" + "<td rowspan=65534 colspan=1000>x</td>" * 300 + "<tr><td>y</td>" * 3_000
    tracemalloc.start()
    [table] = read_document(page.encode()).sections[0].blocks
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    assert isinstance(table, Table)
    assert sum(len(row.cells) for row in table.rows) < 300_000


MARKUP = r"""<div> </div> <table> <tr> <td> <th+rowspan=0> <td+colspan=3+rowspan=2> <thead> </table> <ul> <li> <dl> <dt> <dd> <h1> </h2>
<a+href=x> <code> </code> <sup> </sup> <br> <p> <blockquote> <main> <nav> <caption> <b> ` `` * ** _ ~~ [ ] ( ) ![ ](u) | |-|-| - 1. # ##
> ``` --- === \ &amp; &#x202e; <!-- --> {/* */} <Note> </Note> <Update+label='x'> </Update> ::: :::note [^1] [a]: x 2026-01-01 <style>
</style> <html> <Card+title='t'/> [!NOTE] import"""
PIECES = st.sampled_from([piece.replace("+", " ") for piece in MARKUP.split()] + ["\n"] * 5 + [" ", "\t", "\u200b", "\u2011", "\u00b9"])


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["", "<html>", "# a\n", "a|b\n-|-\n"]))
def test_any_mixture_of_markup_is_read(page: str, start: str) -> None:
    document = read_document((start + page).encode())
    assert "\u202e" not in str(document)


@settings(max_examples=300)
@given(st.binary(max_size=200), st.sampled_from(["", "text/html; charset=latin-1", "charset=utf-16", "charset=\0", "charset=base64"]))
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    try:
        read_document(body, content_type)
    except Undecodable:
        return
