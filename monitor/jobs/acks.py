"""Acknowledging, snoozing and taking either back, whoever asks (a command, a page, a button); and what time does to mutes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteKind
from monitor.domain.policy.settling import Known, by_name, followed, over, withheld_by
from monitor.domain.policy.watches import Watch, aliases_of
from monitor.domain.reconcile.diff import shown
from monitor.domain.records import Signature
from monitor.errors import UsageError
from monitor.queries.subjects import Subject, find_subjects
from monitor.store import Database, Ledger
from monitor.store.views import AckView, AlertView

OURSELVES = "modelwatch"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be silenced, *targets* as a person names them, and on whose word; *dry_run* only says what that would be."""

    targets: tuple[str, ...]
    signature: Signature
    until: datetime | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Muted:
    """One mute: the lifecycles it covers, and the alerts that waited and will not leave.

    *ack_id* is None for a dry run; *before* is the one that said the same already, in whose place nothing was written.
    """

    subject: Subject
    mute: Mute
    ack_id: int | None = None
    withheld: tuple[AlertView, ...] = ()
    before: AckView | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What time has brought: mutes that are *over* or follow a date said more exactly; alerts that stay, or leave after all.

    *over* gives the reasons, *withheld* the mutes for which alerts stay.
    """

    over: tuple[tuple[AckView, str], ...] = ()
    followed: tuple[tuple[AckView, Mute], ...] = ()
    withheld: tuple[tuple[AlertView, AckView], ...] = ()
    returned: tuple[AlertView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.over or self.followed or self.withheld or self.returned)


def acknowledge(database: Database, watches: Sequence[Watch], order: Order, now: datetime) -> tuple[Muted, ...]:
    """Silence reminders of ends that were seen, until they move (or until a day); what is news of them is still told.

    Raises UsageError for a target that is unknown, ambiguous, over, or has no date to acknowledge; StoreError.
    """
    return _mute(database, watches, order, MuteKind.ACK, now)


def snooze(database: Database, watches: Sequence[Watch], order: Order, now: datetime) -> tuple[Muted, ...]:
    """Silence everything until a day, but for ends that move. Raises as `acknowledge`, and UsageError for a day that has come."""
    return _mute(database, watches, order, MuteKind.SNOOZE, now)


def end(database: Database, watches: Sequence[Watch], ack_ids: Collection[int], signature: Signature, now: datetime) -> tuple[AckView, ...]:
    """Take mutes back; what still waits for its time leaves then. Raises UsageError for a number that is none, or of one that is over."""
    with database.write() as ledger:
        found = ledger.acks.find(ack_ids)
        missing = sorted(set(ack_ids) - {ack.ack_id for ack in found})
        if missing:
            raise UsageError(f"no ack {missing[0]}; `modelwatch ack list` lists those in force")
        for ack in found:
            if ack.ended_at:
                raise UsageError(f"{ack.ack_id} ended on {ack.ended_at:%Y-%m-%d} already ({ack.ended_by}: {ack.end_reason})")
            ledger.acks.end(ack.ack_id, signature, now)
        settle(ledger, settlement(ledger, ledger.claims.ending(), watches, now), now)
        return ledger.acks.find(ack_ids)


def settlement(
    ledger: Ledger, lifecycles: Collection[Lifecycle], watches: Sequence[Watch], now: datetime, more: Iterable[AckView] = ()
) -> Settlement:
    """What is due to be done at *now* about mutes and the alerts they hold back.

    *lifecycles* are (at least) those with an end; *more* are mutes as if they were written.
    """
    acks = (*ledger.acks.open(), *more)
    held = ledger.muting.muted(due_after=now)
    if not acks and not held:
        return Settlement()
    states = by_name(lifecycles)
    fates = [(ack, over(ack.mute, states, now)) for ack in acks]
    awake = [ack for ack, why in fates if not why]
    follow = ((ack, mute) for ack in awake if (mute := followed(ack.mute, states)))
    known = Known([ack.mute for ack in awake], states, aliases_of(lifecycles))

    def by(view: AlertView) -> AckView | None:
        mute = withheld_by(view.alert, view.about, known, watches, now)
        return awake[known.mutes.index(mute)] if mute else None

    withheld = ((view, ack) for view in (ledger.muting.waiting() if awake else ()) if (ack := by(view)))
    returned = (view for view in held if by(view) is None)
    return Settlement(tuple((ack, why) for ack, why in fates if why), tuple(follow), tuple(withheld), tuple(returned))


def settle(ledger: Ledger, due: Settlement, now: datetime) -> None:
    """Write it down."""
    for ack, why in due.over:
        ledger.acks.end(ack.ack_id, Signature(OURSELVES, why), now)
    for ack, mute in due.followed:
        ledger.acks.follow(ack.ack_id, mute)
    for view, ack in due.withheld:
        ledger.muting.mute(view.alert_id, f"{ack.mute.kind} {ack.ack_id} by {ack.author}: {ack.reason}")
    ledger.muting.unmute([view.alert_id for view in due.returned])


def _mute(database: Database, watches: Sequence[Watch], order: Order, kind: MuteKind, now: datetime) -> tuple[Muted, ...]:
    with database.read() if order.dry_run else database.write() as ledger:
        named = (subject for text in order.targets for subject in find_subjects(ledger, watches, text))
        subjects = {subject.text: _ahead(subject, now) for subject in named}
        chosen = [(subject, _checked(subject, order.until, kind, now)) for subject in subjects.values()]
        known = ledger.acks.open()
        before = [next((ack for ack in known if ack.mute == mute), None) for _, mute in chosen]
        fresh = [_ack(ledger, mute, order, now) for (_, mute), there in zip(chosen, before, strict=True) if not there]
        due = settlement(ledger, ledger.claims.ending(), watches, now, fresh if order.dry_run else ())
        if not order.dry_run:
            settle(ledger, due, now)
    withheld = {id(ack.mute): tuple(view for view, by in due.withheld if by.mute == ack.mute) for ack in fresh}
    numbers = {id(ack.mute): ack.ack_id or None for ack in fresh}
    return tuple(
        Muted(subject, mute, numbers.get(id(mute)), withheld.get(id(mute), ()), there)
        for (subject, mute), there in zip(chosen, before, strict=True)
    )


def _ack(ledger: Ledger, mute: Mute, order: Order, now: datetime) -> AckView:
    """The mute as it is written, or for a dry run as it would be, with no number."""
    ack_id = 0 if order.dry_run else ledger.acks.add(mute, order.signature, now)
    return AckView(ack_id, mute, order.signature.author, order.signature.reason, now)


def _ahead(subject: Subject, now: datetime) -> Subject:
    """The subject without what is gone already, unless all of it is."""
    there = tuple(state for state in subject.states if state.listed or not state.retired_at(now))
    return replace(subject, states=there) if there else subject


def _checked(subject: Subject, until: datetime | None, kind: MuteKind, now: datetime) -> Mute:
    """The mute, if it would silence anything."""
    if until is not None and until <= now:
        raise UsageError(f"{until:%Y-%m-%d %H:%M} UTC has come already")
    ends = {str(state.key): shown(state.ends) for state in subject.states}
    if kind is MuteKind.SNOOZE:
        ends[ANY_KEY] = ""
    if not ends:
        raise UsageError(f"{subject.text} has no date ahead that could be acknowledged; `modelwatch snooze` silences other news")
    mute = Mute(subject.target, subject.name, subject.provider, until, ends)
    why = over(mute, by_name(subject.states), now)
    if why:
        raise UsageError(f"{subject.text}: {why}, there is nothing to silence")
    return mute
