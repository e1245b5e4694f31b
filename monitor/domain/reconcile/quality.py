"""The drift guard: is a reading good, partial or foreign (DESIGN section 5, Readings)."""

from collections.abc import Sequence
from datetime import timedelta

from monitor.domain.readings import Mark, Outcome, Reading, Shape, Verdict

SHRUNK = 0.6  # 40 % fewer claims than the last good reading
GROWN = 2.0
SETTLED_READINGS = 3
SETTLED_AFTER = timedelta(hours=48)


def judge(reading: Reading, last_good: Mark | None, since: Sequence[Mark]) -> Verdict:
    """The verdict on a reading, given the last good one and the ones *since*, oldest first.

    A new shape seen in three readings over at least 48 hours, or accepted by an operator, becomes the new baseline; a page without
    its markers never does.
    """
    shape = Shape(len(reading.statements), frozenset(skipped.shape or skipped.reason for skipped in reading.skipped))
    foreign = _foreign(reading, shape)
    if foreign:
        return Verdict(Outcome.FOREIGN, shape, foreign)
    outcome, reason = _whole(reading) or _against(last_good, shape)
    if outcome is not Outcome.GOOD and _settled(reading, shape, since):
        return Verdict(Outcome.GOOD, shape, f"new shape accepted: {reason}", accepted=True)
    return Verdict(outcome, shape, reason)


def _foreign(reading: Reading, shape: Shape) -> str:
    drift = next((parsed.drift for _, parsed in reading.pages if parsed.drift), "")
    if drift or not reading.pages:
        return drift or "no page"
    if any(parsed.empty_state for _, parsed in reading.pages):
        return ""
    if shape.claims < reading.source.at_least:
        return f"{shape.claims} claims, at least {reading.source.at_least} expected"
    return ""


def _whole(reading: Reading) -> tuple[Outcome, str] | None:
    if any(parsed.cut for _, parsed in reading.pages):
        return Outcome.PARTIAL, "the document breaks off before its end"
    return (Outcome.PARTIAL, f"not brought: {', '.join(reading.missing)}") if reading.missing else None


def _against(last_good: Mark | None, shape: Shape) -> tuple[Outcome, str]:
    if last_good is None:
        return Outcome.GOOD, ""
    before = last_good.shape
    if before.claims and shape.claims > GROWN * before.claims:
        return Outcome.FOREIGN, f"{shape.claims} claims, more than double the {before.claims} of the last good reading"
    if shape.claims < SHRUNK * before.claims:
        return Outcome.PARTIAL, f"{shape.claims} claims, the last good reading had {before.claims}"
    new = sorted(shape.skips - before.skips)
    return (Outcome.PARTIAL, f"new skipped rows: {', '.join(new)}") if new else (Outcome.GOOD, "")


def _settled(reading: Reading, shape: Shape, since: Sequence[Mark]) -> bool:
    alike = []
    for mark in reversed(since):
        if not mark.shape.resembles(shape) or mark.outcome is Outcome.FAILED:
            break
        alike.append(mark)
    if any(mark.accepted for mark in alike):
        return True
    long_enough = bool(alike) and reading.read_at - alike[-1].read_at >= SETTLED_AFTER
    return len(alike) + 1 >= SETTLED_READINGS and long_enough
