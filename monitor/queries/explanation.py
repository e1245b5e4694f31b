"""Why an alert was sent: every stored fact that led to it, and the configuration in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.domain.claims import Claim
from monitor.domain.events import Event
from monitor.domain.facts import when_of
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import AlertKind
from monitor.domain.policy.explaining import Case, departure, occasion, selection, spared, urgency, way
from monitor.domain.policy.watches import Aliases, Watch, aliases_of
from monitor.queries.outbox import about
from monitor.store import Ledger
from monitor.store.views import AckView, AlertState, AlertView


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: what it is about (`watch`, `occasion`, `severity`, `route`, `time`, `delivery`, `mute`), in words."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A quote that an alert rests on: of which key, on whose word, where, and the stored page (`modelwatch page HASH`)."""

    key: ModelKey
    source: str
    quote: str
    url: str
    page: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An alert, the reasons for it and the evidence."""

    view: AlertView
    because: tuple[Because, ...]
    evidence: tuple[Exhibit, ...]


def explain(ledger: Ledger, watches: Sequence[Watch], visible_id: str) -> tuple[Explanation, ...]:
    """The alert with this id, or the alerts of the message with it; none for no such id."""
    alone = ledger.outbox.find(visible_id)
    views = (alone,) if alone else tuple(ledger.outbox.find(view.visible_id) or view for view in ledger.outbox.batch(visible_id))
    aliases = aliases_of(ledger.claims.ending()) if views else {}
    return tuple(_explained(ledger, watches, aliases, view) for view in views)


def _explained(ledger: Ledger, watches: Sequence[Watch], aliases: Aliases, view: AlertView) -> Explanation:
    alert = view.alert
    states = ledger.claims.resolved(keys=view.about, as_of=alert.created_at) if view.about else {}
    watch = next((watch for watch in watches if watch.name == alert.watch), None)
    cases = [
        Case(alert, watch, key, states.get(key), tuple(aliases.get((key.provider, key.model), ())), _before(ledger, view))
        for key in view.about
    ]
    because = (*_case(cases[0]), *_more(cases), *_others(cases[0], watches)) if cases else (Because("occasion", about(alert, ())),)
    muted = _mutes(cases[0], ledger.acks.known_at(alert.created_at)) if cases else ()
    return Explanation(view, (*because, *_deliveries(view), *muted), tuple(dict.fromkeys(_evidence(view, states))))


def _case(case: Case) -> Iterator[Because]:
    yield Because("watch", selection(case))
    yield from (Because("occasion", text) for text in occasion(case))
    if case.alert.kind is AlertKind.DIGEST:
        yield Because("occasion", f"the first reading of {case.alert.first_read}: the dates still ahead")
    yield Because("severity", urgency(case))
    yield Because("route", way(case))
    yield Because("time", departure(case))


def _more(cases: Sequence[Case]) -> Iterator[Because]:
    if len(cases) > 1:
        yield Because("watch", f"the same for {len(cases) - 1} more: {', '.join(str(case.key) for case in cases[1:])}")


def _others(case: Case, watches: Sequence[Watch]) -> Iterator[Because]:
    """The other watches that tell the channel of the key: one alert is for all of them."""
    alert = case.alert
    for watch in watches:
        told = alert.channel in watch.channels_from(alert.severity) and watch.selects(case.key, case.aliases)
        if told and watch.name != alert.watch and case.state:
            yield Because("watch", f"{selection(Case(alert, watch, case.key, case.state, case.aliases))}, for the same channel")


def _before(ledger: Ledger, view: AlertView) -> tuple[int, ...]:
    """The lead times of the same date that the channel was reminded of earlier."""
    if view.alert.kind is not AlertKind.REMINDER:
        return ()
    stem = view.alert.idempotency_key.rpartition(":")[0] + ":"
    leads = (key.removeprefix(stem) for key in ledger.muting.told_keys(stem, before=view.alert.created_at))
    return tuple(sorted((int(lead) for lead in leads if lead.isdigit()), reverse=True))


def _deliveries(view: AlertView) -> Iterator[Because]:
    for number, one in enumerate(view.deliveries, 1):
        detail = f": {one.detail}" if one.detail else ""
        yield Because("delivery", f"attempt {number} at {one.at:%Y-%m-%d %H:%M} UTC: {one.outcome}{detail}")
    match view.state:
        case AlertState.MUTED:
            yield Because("delivery", f"does not leave: {view.last_error}")
        case AlertState.WAITING:
            yield Because("delivery", f"waits until {view.due_at:%Y-%m-%d %H:%M} UTC")
        case AlertState.LEASED:
            yield Because("delivery", "is on its way")
        case AlertState.DONE | AlertState.GIVEN_UP:
            pass
    if view.batch and view.batch != view.visible_id:
        yield Because("delivery", f"in the message {view.batch}, with the others that were due")


def _mutes(case: Case, acks: Sequence[AckView]) -> Iterator[Because]:
    concerned = [ack for ack in acks if ack.mute.concerns(case.key, case.teller)]
    for ack in concerned:
        why = spared(case, ack.mute) or "it would have silenced it, but was written in the same moment"
        yield Because("mute", f"{ack.mute.kind} {ack.ack_id} by {ack.author} ({ack.reason}) did not: {why}")
    if not concerned:
        yield Because("mute", "no acknowledgement or snooze concerned it")


def _evidence(view: AlertView, states: dict[ModelKey, Lifecycle]) -> Iterator[Exhibit]:
    yield from (_said(event) for event in view.alert.events)
    if not view.alert.events:
        for state in states.values():
            claims = (claim for slot in ("redirects", "retires") if (claim := state.claim(slot)))
            yield from (_claimed(claim) for claim in claims if when_of(claim.fact) == state.ends)


def _said(event: Event) -> Exhibit:
    return Exhibit(event.key, event.source, event.quote, event.url, event.page)


def _claimed(claim: Claim) -> Exhibit:
    return Exhibit(claim.key, claim.source, claim.statement.quote, claim.url, claim.page)
