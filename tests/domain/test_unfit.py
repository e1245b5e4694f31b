import pytest

from monitor.domain.facts import Retires
from monitor.domain.readings import Parsed
from monitor.domain.unfit import LONGEST_NAME, unfit_skipped
from tests.builders import key, skipped, statement, when

GOOD = statement(Retires(when("2026-10-10")), "gpt-4")


def test_what_is_fit_stays_as_it_is() -> None:
    parsed = Parsed((GOOD,), (skipped("no date"),), cut=True)
    assert unfit_skipped(parsed) is parsed
    long = Parsed((statement(Retires(when("2026-10-10")), "a" * LONGEST_NAME),))
    assert unfit_skipped(long) is long


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (key("a" * (LONGEST_NAME + 1)), "a name too long to be one"),
        (key("gpt-4", region=[f"region-{number}" for number in range(300)]), "a name too long to be one"),
        (key("gpt\x00-4"), "control characters in a name"),
        (key("gpt\ud800-4"), "control characters in a name"),
        (key("gpt\n-4"), "control characters in a name"),
        (key("gpt\x85-4"), "control characters in a name"),
    ],
)
def test_what_cannot_be_a_name_is_a_skipped_row_with_its_reason_and_the_rest_stays(bad: object, why: str) -> None:
    found = unfit_skipped(Parsed((statement(Retires(when("2026-10-10")), bad), GOOD), (skipped("no date"),)))  # type: ignore[arg-type]
    assert found.statements == (GOOD,)
    assert [one.shape for one in found.skipped] == ["no date", why]
    assert found.skipped[1].reason.isascii()
    assert len(found.skipped[1].reason) < 600
