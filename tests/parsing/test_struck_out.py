"""Words that are struck out are not read, whatever strikes them out."""

import pytest

from monitor.parsing.documents import STRUCK, Paragraph, Text, read_document


@pytest.mark.parametrize(
    "page",
    [
        "Until ~~2026-05-01~~ 2026-06-01.",
        "Until ~~`2026-05-01`~~ 2026-06-01.",
        "Until ~~[2026-05-01](/old)~~ 2026-06-01.",
        "Until <del>2026-05-01</del> <ins>2026-06-01</ins>.",
        "<html><body><p>Until <s>2026-05-01 <a href='/old'>or so</a></s> 2026-06-01.</p></body></html>",
        "<html><body><p>Until <strike><code>2026-05-01</code></strike> 2026-06-01.</p></body></html>",
    ],
)
def test_struck_out_words_are_gone(page: str) -> None:
    (section,) = read_document(page.encode()).sections
    assert section.blocks == (Paragraph(Text("Until 2026-06-01.", marks=(STRUCK,))),)


def test_nothing_struck_out_leaves_no_mark() -> None:
    (section,) = read_document(b"<html><body><p>Until <s></s>2026-06-01.</p></body></html>").sections
    assert section.blocks == (Paragraph(Text("Until 2026-06-01.")),)
