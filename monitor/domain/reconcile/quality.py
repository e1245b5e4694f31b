"""The drift guard: is a reading good, partial or foreign (DESIGN section 5, Readings)."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from monitor.domain.readings import SETTLED_AFTER, SETTLED_READINGS, Mark, Outcome, Past, Reading, Shape, Verdict

SHRUNK = 40  # percent fewer claims than the last good reading
GROWN = 2


def judge(reading: Reading, last_good: Mark | None, since: Sequence[Mark], past: Past | None = None) -> Verdict:
    """The verdict on a reading, given the last good one, the ones *since*, oldest first, and what the source's own *past* has taught.

    It is measured against the last good reading and against the most there has been since the shape was last settled, so that a page that
    loses a little every week is noticed, too. What a source has come back from before is its way, no drift.

    A new shape seen in three readings over at least 48 hours, or accepted by an operator, becomes the new baseline. A page without
    its markers never does, and one that was not read to its end only on an operator's word.
    """
    shape = Shape(len(reading.statements), frozenset(_kinds_of_skip(reading)))
    foreign = _foreign(reading, shape)
    if foreign:
        return Verdict(Outcome.FOREIGN, shape, foreign)
    torn = _torn(reading)
    outcome, reason = (Outcome.PARTIAL, torn) if torn else _against(last_good, shape, reading, past or Past())
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


def _against(last_good: Mark | None, shape: Shape, reading: Reading, past: Past) -> tuple[Outcome, str]:
    if last_good is None:
        return Outcome.GOOD, ""
    before, counts = last_good.shape, not reading.rolling  # a feed is as long as its last weeks were eventful
    if counts and before.claims and shape.claims > GROWN * before.claims and not past.grown_to(shape.claims):
        return Outcome.FOREIGN, f"{shape.claims} claims, more than double the {before.claims} of the last good reading"
    shrunk = _shrunk(shape.claims, before.claims, past) if counts and not _empty(reading) else ""
    if shrunk:
        return Outcome.PARTIAL, shrunk
    new = sorted(shape.skips - before.skips - past.skips)
    return (Outcome.PARTIAL, f"new skipped rows: {', '.join(new)}") if new else (Outcome.GOOD, "")


def _shrunk(claims: int, before: int, past: Past) -> str:
    """Why there are too few claims, or ""."""
    much = max(1, -(-claims * 100 // (100 - SHRUNK)))  # how many there must have been for this to be as much of a loss
    if before and much <= before:
        return "" if past.recovered_from(claims, much) else f"{claims} claims, the last good reading had {before}"
    if past.peak and much <= past.peak:
        return "" if past.recovered_from(claims, much) else f"{claims} claims, little by little: there have been {past.peak}"
    return ""


def _alike(reading: Reading, shape: Shape, since: Sequence[Mark]) -> list[Mark]:
    """The readings of this shape just before, newest first; neither a failed visit nor this instant's own reading counts."""
    earlier = (mark for mark in reversed(since) if mark.accepted or mark.read_at < reading.read_at)
    return list(takewhile(lambda mark: mark.shape.resembles(shape), (mark for mark in earlier if mark.outcome is not Outcome.FAILED)))


def _settled(reading: Reading, alike: Sequence[Mark]) -> bool:
    return len(alike) + 1 >= SETTLED_READINGS and reading.read_at - alike[-1].read_at >= SETTLED_AFTER
