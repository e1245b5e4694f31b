"""Vendors' words for the state of a model, in ours."""

import pytest

from monitor.domain.facts import Stage
from monitor.parsing.stages import stage_in


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Active", Stage.ACTIVE),
        ("GA", Stage.ACTIVE),
        ("Preview models", Stage.PREVIEW),
        ("Public preview", Stage.PREVIEW),
        (" Legacy ", Stage.LEGACY),
        ("Deprecated (Claude Opus 4.7 and later)", Stage.DEPRECATED),
        ("Retired", Stage.RETIRED),
        ("shut down", Stage.RETIRED),
        ("EOL", Stage.RETIRED),
        ("Gated", None),
        ("Actively maintained", None),
        ("no longer active", None),
        ("", None),
    ],
)
def test_a_state_is_the_word_a_cell_begins_with(text: str, stage: Stage | None) -> None:
    assert stage_in(text) is stage
