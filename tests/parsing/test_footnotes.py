"""Footnotes that make the dates they stand at the earliest ones."""

import pytest

from monitor.parsing.documents import Text, read_document
from monitor.parsing.tables.footnotes import floor_marks, marks_of

NOTES = {
    "\\* Earliest possible dates.": {"*"},
    "<sup>1</sup> Available until at least this date.": {"1"},
    "[2] No sooner than printed.": {"2"},
    "<sup>1</sup> New customers only.\n<sup>2</sup> Earliest date.": {"2"},
    "\\* We won't retire a model before its date.": set(),
    "The earliest dates are guesses.": set(),
    "~~Earliest~~ possible dates.": set(),
    "\\* Earliest " + "x" * 3000: set(),
}


@pytest.mark.parametrize("note", NOTES)
def test_marks_of_floors(note: str) -> None:
    (section,) = read_document(note.encode()).sections
    assert floor_marks(section) == NOTES[note]


def test_marks_stand_raised_or_behind() -> None:
    assert marks_of(Text("Retirement date*")) == {"*"}
    assert marks_of(Text("Retirement date", marks=("1",))) == {"1"}
    assert marks_of(Text("Retirement date")) == set()
