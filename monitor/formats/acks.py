"""Acknowledgements and snoozes: what is in force, what ended, and what one more would silence."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.domain.policy.mutes import Mute
from monitor.domain.reconcile.diff import shown
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import date_words, instant
from monitor.jobs.acks import Muted
from monitor.queries.outbox import about
from monitor.store.views import AckView

COLUMNS = ("ACK", "KIND", "TARGET", "ENDS", "UNTIL", "BY", "REASON", "SINCE")
ENDED = ("ENDED", "ENDED BY", "WHY")
COVERED = ("ACK", "TARGET", "MODEL", "ENDS")
WITHHELD = ("ALERT", "WATCH", "CHANNEL", "ABOUT", "DUE")


def ack_record(view: AckView) -> Record:
    """One mute, and what ended it."""
    over = {"ended_at": view.ended_at, "ended_by": view.ended_by, "end_reason": view.end_reason}
    said = {"by": view.author, "reason": view.reason, "created_at": view.created_at}
    return {"ack": view.ack_id, **_mute_record(view.mute), **said, **over}


def ack_parts(views: Iterable[AckView], *, ended: bool = False) -> Iterator[Part]:
    """The same as a table; with *ended* what ended each."""
    rows = tuple(_row(view) + ((instant(view.ended_at), view.ended_by, view.end_reason) if ended else ()) for view in views)
    yield Table(COLUMNS + ENDED if ended else COLUMNS, rows)


def muted_records(muted: Iterable[Muted], now: datetime) -> Iterator[Record]:
    """One object per mute: what it covers, and the alerts that will not leave."""
    for one in muted:
        covered = [
            {
                "provider": state.key.provider,
                "model": state.key.model,
                "scope": state.key.scope.as_dict(),
                "ends": shown(state.ends),
                "days_left": state.ends.days_left(now.date()) if state.ends else None,
            }
            for state in one.subject.states
        ]
        number = one.before.ack_id if one.before else one.ack_id
        withheld = [view.visible_id for view in one.withheld]
        yield {"ack": number, **_mute_record(one.mute), "written": one.ack_id is not None, "covers": covered, "withheld": withheld}


def muted_parts(muted: Iterable[Muted], now: datetime) -> Iterator[Part]:
    """The same as tables."""
    muted = list(muted)
    yield Table(COVERED, tuple(row for one in muted for row in _covered(one, now)))
    withheld = [view for one in muted for view in one.withheld]
    if withheld:
        rows = (
            (view.visible_id, view.alert.watch, view.alert.channel, about(view.alert, view.about), instant(view.due_at))
            for view in withheld
        )
        yield Table(WITHHELD, tuple(rows), "Waiting, and will not leave:")


def muted_lines(muted: Iterable[Muted], *, dry_run: bool) -> Iterator[str]:
    """What was done, a sentence per mute; and which dates come while a snooze lasts."""
    for one in muted:
        if one.before:
            yield f"{one.subject.text}: muted already, as {one.before.ack_id} by {one.before.author}: {one.before.reason}"
        elif dry_run:
            yield f"{one.subject.text}: a dry run, nothing is muted"
        else:
            yield f"{one.subject.text}: muted as {one.ack_id}, until {_until(one.mute)}; `modelwatch ack end {one.ack_id}` takes it back"
        if one.mute.until:
            until = one.mute.until.date()
            ending = [state for state in one.subject.states if state.ends and state.ends.first_day <= until]
            yield from (f"note: {state.key} ends before that, {date_words(state.ends)}" for state in ending if state.ends)


def _mute_record(mute: Mute) -> Record:
    return {"kind": mute.kind, "target": mute.text, "ends": mute.named, "until": mute.until}


def _row(view: AckView) -> tuple[str, ...]:
    mute = view.mute
    return (
        str(view.ack_id),
        mute.kind,
        mute.text,
        _ends(mute),
        _until(mute),
        view.author,
        view.reason,
        instant(view.created_at),
    )


def _ends(mute: Mute) -> str:
    ends = sorted(set(mute.ends.values()) - {""})
    return f"{len(mute.named)} dates from {ends[0]} to {ends[-1]}" if len(ends) > 1 else "".join(ends)


def _until(mute: Mute) -> str:
    return f"{instant(mute.until)}, or the date moves" if mute.until else "the date moves"


def _covered(one: Muted, now: datetime) -> Iterator[tuple[str, ...]]:
    number = one.before.ack_id if one.before else one.ack_id
    for state in one.subject.states:
        ends = date_words(state.ends, now, promise=state.promised) if state.ends else "no date"
        yield str(number or ""), one.subject.text, str(state.key), ends
