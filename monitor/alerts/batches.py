"""Several alerts for one channel as one message: the most urgent with their evidence, the rest by what happened, all counted; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.alerts.entries import HEALTH, SECTIONS, Entry, entries
from monitor.alerts.foot import answers
from monitor.alerts.inert import field
from monitor.alerts.machine import batch_record
from monitor.alerts.message import composed
from monitor.alerts.messages import Message, render
from monitor.alerts.parts import Item, Parts, Section
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.severity import Severity, worst

MOST_URGENT = 5
MOST_SOURCES = 4
_ORDER = tuple(reversed(Severity))
_WORDS = {Severity.CRITICAL: ("critical", "critical"), Severity.WARNING: ("warning", "warnings"), Severity.INFO: ("for information",) * 2}


def render_batch(alerts: Sequence[Alert], batch: str, now: datetime) -> Message:
    """The message of the alerts that leave together under the id *batch*, as it reads at *now*; a single alert's is its own.

    A model stands in it once, with the ids of all that is said of it.
    """
    if len(alerts) == 1:
        return render(alerts[0], now)
    found = [entry for alert in alerts for entry in entries(alert, now)]
    merged = _once(found)
    urgent = sorted(merged, key=_urgency)[:MOST_URGENT]
    rest = [entry for entry in merged if entry not in urgent]
    sections = [Section("Most urgent", tuple(Item(_line(entry), entry.proof) for entry in urgent))]
    sections += [_section(heading, [entry for entry in rest if entry.section == heading]) for heading in SECTIONS]
    parts = Parts(
        happened=(_summary(alerts, merged),),
        facts=_sources(found),
        sections=tuple(section for section in sections if section.items),
        foot=(
            *_owners(alerts),
            f"Message: {batch}",
        ),
        commands=(("All of them", f"modelwatch alerts show {batch}"), *answers(batch)),
    )
    return composed(_title(alerts, found), parts, worst(alert.severity for alert in alerts), batch, batch_record(alerts, batch, now))


def _once(found: Iterable[Entry]) -> list[Entry]:
    """One entry per model: the most urgent that is said of it, with the ids of the others."""
    grouped: dict[object, list[Entry]] = {}
    for entry in found:
        grouped.setdefault(entry.about, []).append(entry)
    kept = []
    for entries_ in grouped.values():
        first, *others = sorted(entries_, key=_urgency)
        ids = dict.fromkeys(entry.ids[0] for entry in (first, *others))
        kept.append(replace(first, ids=tuple(ids)))
    return kept


def _urgency(entry: Entry) -> tuple[int, int, int, str]:
    """News before reminders of equal severity, the nearest first."""
    return (-entry.severity.rank, list(SECTIONS).index(entry.section), entry.days_left, entry.text)


def _section(heading: str, found: list[Entry]) -> Section:
    nearest_first = sorted(found, key=lambda entry: (entry.days_left, entry.text))
    items = tuple(Item(_line(entry), entry.proof) for entry in nearest_first)
    return Section(f"{heading} ({len(items)})", items, "more: modelwatch alerts list", spare=True)


def _line(entry: Entry) -> str:
    others = len(entry.ids) - 1
    also = f" and {others} more" if others > 1 else f", {entry.ids[1]}" if others else ""
    return f"{entry.text} ({entry.ids[0]}{also})"


def _title(alerts: Sequence[Alert], found: Sequence[Entry]) -> str:
    """`12 alerts (openai_deprecations): 3 critical, 9 warnings`."""
    counted = Counter(alert.severity for alert in alerts)
    severities = ", ".join(f"{counted[severity]} {_WORDS[severity][counted[severity] != 1]}" for severity in _ORDER if counted[severity])
    sources = sorted({source for entry in found for source in entry.sources})
    whence = field(sources[0], 60) if len(sources) == 1 else f"{len(sources)} sources"
    return f"{len(alerts)} alerts{f' ({whence})' if sources else ''}: {severities}"


def _summary(alerts: Sequence[Alert], merged: Sequence[Entry]) -> str:
    """`12 alerts about 10 models: 4 moved or cancelled, 6 coming close.`"""
    counted = Counter(entry.section for entry in merged)
    models = len(merged) - counted[HEALTH]
    about = f" about {models} {'model' if models == 1 else 'models'}" if models else ""
    told = ", ".join(f"{counted[heading]} {words}" for heading, words in SECTIONS.items() if counted[heading])
    return f"{len(alerts)} alerts{about}: {told}."


def _sources(found: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """`openai_deprecations (4), anthropic_deprecations (3), +2 more`, by how many entries come from each; the title names a single one."""
    counted = Counter(source for entry in found for source in entry.sources).most_common()
    told = ", ".join(f"{field(source, 60)} ({count})" for source, count in counted[:MOST_SOURCES])
    rest = f", +{len(counted) - MOST_SOURCES} more" if len(counted) > MOST_SOURCES else ""
    return (("From", told + rest),) if len(counted) > 1 else ()


def _owners(alerts: Iterable[Alert]) -> list[str]:
    owners = sorted({alert.owner for alert in alerts if alert.owner})
    rest = f" and {len(owners) - 3} more" if len(owners) > 3 else ""  # noqa: PLR2004 - as many as are read
    return ["Owners: " + ", ".join(field(owner, 60) for owner in owners[:3]) + rest] if owners else []
