"""What becomes of bytes before anything is read from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Undecodable
from monitor.parsing.documents import Document, Paragraph, Section, Text, clean_text, decode, read_document
from monitor.parsing.documents.sniff import is_html, is_json


def paragraph(text: str) -> Document:
    return Document((Section(Text(""), 0, (Paragraph(Text(text)),)),))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("café – ok".encode(), ""),
        ("café – ok".encode(), "text/markdown; charset=utf-8"),
        ("café – ok".encode(), "text/html; charset=ISO-8859-1"),  # a wrong label on UTF-8
        ("café – ok".encode(), "text/html; charset=x-unknown"),
        ("café – ok".encode("utf-8-sig"), ""),
        ("café – ok".encode("utf-16"), ""),
        ("café – ok".encode("utf-16-be"), "text/plain; charset=utf-16be"),
        ("café – ok".encode("cp1252"), 'text/plain; charset="latin-1"'),
        ("café – ok".encode("cp1252"), "text/plain; charset=windows-1252"),
        ("café – ok".encode("gb18030"), "text/plain;charset=GB2312"),
    ],
)
def test_bytes_are_read_in_the_encoding_they_are_in(body: bytes, content_type: str) -> None:
    assert read_document(body, content_type) == paragraph("café – ok")


def test_a_page_may_name_its_encoding_itself() -> None:
    assert read_document('<meta charset="shift_jis"><p>終了</p>'.encode("shift_jis")) == paragraph("終了")
    assert read_document(b'<html><meta http-equiv=x content="text/html; charset=iso-8859-1"><p>\xe9</p>') == paragraph("é")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"caf\xe9", ""),
        (b"caf\xe9", "text/html; charset=punycode"),
        (b"caf\xe9", "text/html; charset=iso-8859-99"),
        (b"\x81\x8d", "text/html; charset=latin-1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"\xff\xfea", ""),
        (bytes(range(128)), ""),
        (b"PK\x03\x04" + bytes(20), ""),
    ],
)
def test_what_is_no_text_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(Undecodable):
        read_document(body, content_type)


def test_a_stray_control_character_is_dropped() -> None:
    assert read_document(b"model\x00 one " + b"and more " * 50) == paragraph("model one " + ("and more " * 50).strip())


def test_cleaning_keeps_what_can_be_seen() -> None:
    assert clean_text("a\r\nb\rc\td\x00\x1b\x85\ue000") == "a\nb\nc\td\ue000"
    assert clean_text("gpt\u200b-\u2060\ufeff4\u202e\u2066\u00ad") == "gpt-4"
    assert clean_text("2026\u201103\u201126 \ud800x\U000e0041") == "2026\u201103\u201126 x"
    assert decode(b"a\r\nb") == "a\nb"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    cleaned.encode()
    assert "\0" not in cleaned


@pytest.mark.parametrize("mark", ["", "<!-- a -->\n<!-- b -->", '<?xml version="1.0"?>\n', " \n"])
def test_a_page_that_begins_as_html_is_html(mark: str) -> None:
    assert read_document(f"{mark}<!DOCTYPE html><title>t</title># a".encode()) == paragraph("# a")


@pytest.mark.parametrize(
    "page",
    [
        "# Page\n<div><p><p><p>text</div>",
        "---\nk: v\n---\n<p><p><p>text",
        "<Note>\n<p><p><p>\n</Note>\ntext",
        "- a\n- b\n- c\n\n<p>text</p>",
        "body { color: red }\n\n# Page\n\n<span id=x></span>text",
        "text with <b>tags</b>, <Tooltip>components</Tooltip> and <sup>1</sup>",
    ],
)
def test_tags_in_markdown_do_not_make_it_html(page: str) -> None:
    assert not is_html(page)


def test_a_piece_of_html_is_html() -> None:
    assert read_document(b"<p>a\n</p>\n- b") == Document((Section(Text(""), 0, (Paragraph(Text("a")), Paragraph(Text("- b")))),))


@pytest.mark.parametrize("body", [b"", b" \n ", b"<html></html>", b"---\n---", b"<!-- -->", b"\xef\xbb\xbf"])
def test_an_empty_page_says_nothing(body: bytes) -> None:
    assert read_document(body) == Document(())


@pytest.mark.parametrize("body", [b' {"data": []}', b"[[1]]", b'[ {"id": "x"} ]', b'["a", "b"]', b'["a"]'])
def test_data_in_json_is_no_document(body: bytes) -> None:
    assert is_json(body)


@pytest.mark.parametrize("body", [b"[Title](link)", b"{{template}}", b"# Title", b"", b'["quoted" words](link)', b"<html>"])
def test_a_page_that_begins_with_a_bracket_is_no_json(body: bytes) -> None:
    assert not is_json(body)
