"""What `modelwatch read` says about the captures, graded against the labels made by hand."""

import re
import subprocess
import sys

import pytest

from tests.captures.shared import NEEDED, SHARED

pytestmark = NEEDED
EXACT, FACTS, SOFT = 1.0, 0.98, 0.95
LINE = re.compile(r"^(?P<line>\S.*?)\s+right\s+(?P<right>\d+).*precision (?P<precision>[\d.]+)\s+recall (?P<recall>[\d.]+)$", re.MULTILINE)


def least(line: str) -> float:
    """The precision and recall a line of the grade must reach."""
    return EXACT if line == "retires" else SOFT if line.startswith(("service", "scope", "quote")) else FACTS


@pytest.mark.parametrize(
    ("folder", "pages", "graded"),
    [
        ("openai/", 2, {"retires", "deprecated", "replaced_by", "scope of a fact", "quote on the page"}),
        ("anthropic/", 2, {"retires", "deprecated", "replaced_by", "stage", "instant of a fact", "service stage", "quote on the page"}),
        (
            "seeds/",
            5,
            {"retires", "released", "alias_of", "context_window", "max_output", "input_price", "output_price", "knowledge_cutoff"},
        ),
    ],
)
def test_the_readers_say_what_the_labels_say(folder: str, pages: int, graded: set[str]) -> None:
    command = [sys.executable, str(SHARED / "tools/grade.py"), "--only", folder, "--verbose", "--command", f"{sys.executable} -m monitor"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = {found["line"]: (float(found["precision"]), float(found["recall"])) for found in LINE.finditer(run.stdout)}
    assert f"pages {pages}  failed 0" in run.stdout, run.stdout + run.stderr
    assert graded <= lines.keys()
    assert {line: reached for line, reached in lines.items() if min(reached) < least(line)} == {}, run.stdout
