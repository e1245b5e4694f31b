"""The drift guard: is a reading good, partial or foreign (DESIGN section 5, Readings)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import takewhile

from monitor.domain.readings import Mark, Outcome, Reading, Shape, Verdict

SHRUNK = 40  # percent fewer claims than the last good reading
GROWN = 2
SETTLED_READINGS = 3
SETTLED_AFTER = timedelta(hours=48)


def judge(reading: Reading, last_good: Mark | None, since: Sequence[Mark]) -> Verdict:
    """The verdict on a reading, given the last good one and the ones *since*, oldest first.

    A new shape seen in three readings over at least 48 hours, or accepted by an operator, becomes the new baseline. A page without
    its markers never does, and one that was not read to its end only on an operator's word.
    """
    shape = Shape(len(reading.statements), frozenset(_kinds_of_skip(reading)))
    foreign = _foreign(reading, shape)
    if foreign:
        return Verdict(Outcome.FOREIGN, shape, foreign)
    torn = _torn(reading)
    outcome, reason = (Outcome.PARTIAL, torn) if torn else _against(last_good, shape, empty=_empty(reading))
    alike = _alike(reading, shape, since)
    settled = not torn and _settled(reading, alike)
    if outcome is not Outcome.GOOD and (settled or any(mark.accepted for mark in alike)):
        return Verdict(Outcome.GOOD, shape, f"new shape accepted: {reason}", accepted=True)
    return Verdict(outcome, shape, reason)


def _kinds_of_skip(reading: Reading) -> Iterator[str]:
    return (skipped.shape or skipped.reason for skipped in reading.skipped if not skipped.aside)


def _foreign(reading: Reading, shape: Shape) -> str:
    drift = next((parsed.drift for _, parsed in reading.pages if parsed.drift), "")
    if drift or not reading.pages:
        return drift or "no page"
    if shape.claims < reading.source.at_least and not _empty(reading):
        return f"{shape.claims} claims, at least {reading.source.at_least} expected"
    return ""


def _empty(reading: Reading) -> bool:
    """Whether every page says itself that there is nothing to report."""
    return all(parsed.empty_state for _, parsed in reading.pages)


def _torn(reading: Reading) -> str:
    if any(parsed.cut for _, parsed in reading.pages):
        return "the document breaks off before its end"
    return f"not brought: {', '.join(reading.missing)}" if reading.missing else ""


def _against(last_good: Mark | None, shape: Shape, *, empty: bool) -> tuple[Outcome, str]:
    if last_good is None:
        return Outcome.GOOD, ""
    before = last_good.shape
    if before.claims and shape.claims > GROWN * before.claims:
        return Outcome.FOREIGN, f"{shape.claims} claims, more than double the {before.claims} of the last good reading"
    if shape.claims * 100 <= before.claims * (100 - SHRUNK) and before.claims and not empty:
        return Outcome.PARTIAL, f"{shape.claims} claims, the last good reading had {before.claims}"
    new = sorted(shape.skips - before.skips)
    return (Outcome.PARTIAL, f"new skipped rows: {', '.join(new)}") if new else (Outcome.GOOD, "")


def _alike(reading: Reading, shape: Shape, since: Sequence[Mark]) -> list[Mark]:
    """The readings of this shape just before, newest first; neither a failed visit nor this instant's own reading counts."""
    earlier = (mark for mark in reversed(since) if mark.accepted or mark.read_at < reading.read_at)
    return list(takewhile(lambda mark: mark.shape.resembles(shape), (mark for mark in earlier if mark.outcome is not Outcome.FAILED)))


def _settled(reading: Reading, alike: Sequence[Mark]) -> bool:
    return len(alike) + 1 >= SETTLED_READINGS and reading.read_at - alike[-1].read_at >= SETTLED_AFTER
