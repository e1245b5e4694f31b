"""The digest of a source's first reading: the dates still ahead, the nearest first, with their evidence; pure."""

from datetime import datetime

from monitor.alerts.foot import foot
from monitor.alerts.inert import field, listed
from monitor.alerts.known import end_claim, of_claim, when_words
from monitor.alerts.machine import alert_record
from monitor.alerts.message import Message, composed
from monitor.alerts.parts import Item, Parts, Section
from monitor.alerts.wording import countdown, model_within, surface_note
from monitor.domain.claims import Authority, Claim
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.when import When

SHORT_QUOTE = 120


def first_reading(alert: Alert, now: datetime) -> Message | None:
    """The message; None where no date is ahead any more."""
    ahead = dates_ahead(alert, now)
    if not ahead:
        return None
    nearest = ahead[0][1]
    source = field(alert.first_read, 60)
    count = "1 model end" if len(ahead) == 1 else f"{len(ahead)} model ends"
    notes = dict.fromkeys(words for state, _, _ in ahead if (words := surface_note(state.key.provider)))
    parts = Parts(
        happened=(
            f"First full reading of {source}. {count} ahead, the nearest first; from now on you are told of changes and reminded in time.",
        ),
        sections=(Section("", tuple(end_item(state, claim, now) for state, _, claim in ahead), "more: modelwatch upcoming"),),
        foot=(*notes, *foot(alert)),
    )
    title = f"{count} ahead ({source}), the nearest {countdown(nearest, now.date())}"
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))


def dates_ahead(alert: Alert, now: datetime) -> list[tuple[Lifecycle, When, Claim]]:
    """The lifecycles with an end still to come and the claim that says so, the nearest first."""
    dated = [(state, state.ends, claim) for state in alert.lifecycles if state.ends and (claim := end_claim(state))]
    ahead = [item for item in dated if item[1].days_left(now.date()) >= 0]
    return sorted(ahead, key=lambda item: (item[1].first_day, str(item[0].key)))


def end_item(state: Lifecycle, claim: Claim, now: datetime) -> Item:
    """One end in one line, with its evidence."""
    instead = f"; use {listed(state.replacements, 3, 60)}" if state.replacements else ""
    hearsay = "; second-hand" if claim.authority is Authority.REPORT else ""
    line = f"{model_within(state.key, 80)}: {when_words(state, now)}{instead}{hearsay}"
    return Item(line, of_claim(claim, SHORT_QUOTE))
