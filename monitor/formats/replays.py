"""Replays: a line per step, as it happens."""

from monitor.alerts.messages import render
from monitor.domain.events import Event
from monitor.formats.alerts import simulated_record
from monitor.formats.events import event_record, event_row
from monitor.formats.json_lines import Record
from monitor.formats.tables import clean
from monitor.formats.text import instant
from monitor.jobs.replay import Step, Told
from monitor.jobs.shop import PollOutcome


def step_record(step: Step) -> Record | None:
    """An event or an alert; None for the outcome of a reading, which is no data."""
    match step:
        case Event():
            return event_record(step)
        case Told(at, alert):
            return simulated_record(alert, at)
        case PollOutcome():
            return None


def step_line(step: Step) -> str:
    """One line for people."""
    match step:
        case Event():
            at, what, provider, model, scope, before, after, _, quote = event_row(step)
            name = f"{provider}/{model}" + (f" [{scope}]" if scope else "")
            moved = " → ".join(text for text in (before, after) if text)
            return "  ".join((at, "event   ", *map(clean, (what, name, moved, f"“{quote}”"))))
        case Told(at, alert):
            return "  ".join((instant(at), "alert   ", clean(render(alert, at).title), f"({alert.visible_id}, {alert.kind})"))
        case PollOutcome():
            said = f"{step.key}: {step.outcome}, {step.claims} claims, {step.skipped} skipped {step.reason}"
            return f"{' ' * 17}  reading   {clean(said)}"
