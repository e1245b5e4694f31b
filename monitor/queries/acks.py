"""Acknowledgements and snoozes: those in force, and why the others ended."""

from dataclasses import replace
from datetime import datetime

from monitor.domain.policy.settling import by_name, over
from monitor.store import Ledger
from monitor.store.views import AckView

BY_TIME = "modelwatch"


def acks(ledger: Ledger, now: datetime, *, ended: bool = False) -> tuple[AckView, ...]:
    """The mutes in force at *now*, newest first; with *ended* those that are over, too, whether that was marked already or not."""
    states = by_name(ledger.claims.ending())
    views = (view if view.ended_at else _at(view, over(view.mute, states, now), now) for view in ledger.acks.listing())
    return tuple(view for view in views if ended or not view.ended_at)


def _at(view: AckView, why: str, now: datetime) -> AckView:
    return replace(view, ended_at=min(filter(None, (view.mute.until, now))), ended_by=BY_TIME, end_reason=why) if why else view
