"""Tables: aligned for a pipe, drawn for a terminal, one fact under the other where it is narrow; nothing steers the terminal."""

import io

import pytest

from monitor.formats.tables import Table, clean, write_parts

TABLE = Table(
    ("MODEL", "STAGE", "SCOPE", "QUOTE"), (("gpt-4.1-mini", "active", "", "one two"), ("o3", "retired", "", "it will be gone")), "Models"
)


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, width: int, *, styled: bool = True) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    write_parts([TABLE, "and\na note"], stream, styled=styled)
    return stream.getvalue()


def test_a_pipe_gets_aligned_text_with_every_column() -> None:
    stream = io.StringIO()
    write_parts(["A title", TABLE], stream)
    assert stream.getvalue().splitlines() == [
        "A title",
        "",
        "Models",
        "MODEL         STAGE    SCOPE  QUOTE",
        "gpt-4.1-mini  active          one two",
        "o3            retired         it will be gone",
    ]


def test_a_terminal_gets_colours_and_no_empty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, 80)
    assert "\x1b[32mactive" in text
    assert "\x1b[31mretired" in text
    assert "SCOPE" not in text


def test_a_terminal_without_colours_gets_no_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, 80, styled=False)
    assert "\x1b" not in text
    assert "gpt-4.1-mini  active   one two" in text


def test_prose_is_folded_and_names_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 36, styled=False).splitlines()
    assert [line.rstrip() for line in lines[:6]] == [
        "Models",
        "MODEL         STAGE    QUOTE",
        "gpt-4.1-mini  active   one two",
        "o3            retired  it will be",
        "                       gone",
        "",
    ]


def test_a_narrow_terminal_gets_one_fact_per_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, 30, styled=False).splitlines() == [
        "Models",
        "model: gpt-4.1-mini",
        "stage: active",
        "quote: one two",
        "",
        "model: o3",
        "stage: retired",
        "quote: it will be gone",
        "",
        "and",
        "a note",
    ]


@pytest.mark.parametrize(
    ("text", "shown"), [("a\n\tb  c", "a b c"), ("\x1b[31mred", "\ufffd[31mred"), ("\u202eabc", "\ufffdabc"), ("ü 模型 ✓", "ü 模型 ✓")]
)
def test_a_cell_is_one_line_and_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown
