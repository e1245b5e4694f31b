"""Sources: how they are doing, and what a visit came to."""

from collections.abc import Iterable, Iterator

from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant, length
from monitor.jobs.catalogue import Exported
from monitor.jobs.record import Recorded
from monitor.jobs.shop import PollOutcome
from monitor.queries.past import Spell
from monitor.queries.sources import SourceView

SOURCE_COLUMNS = (
    "SOURCE",
    "KIND",
    "PROVIDER",
    "AUTHORITY",
    "EVERY",
    "HEALTH",
    "LAST GOOD",
    "CLAIMS",
    "SKIPPED",
    "NEXT VISIT",
    "ADDRESS",
    "WHY",
)
SPELL_COLUMNS = ("READING", "FROM", "TO", "VISITS", "OUTCOME", "CLAIMS", "SKIPPED", "PAGE", "REASON")
SHORT_HASH = 12
COPY_COLUMNS = ("SOURCE", "AS OF", "STATEMENTS", "REASON")
POLL_COLUMNS = ("SOURCE", "OUTCOME", "CLAIMS", "SKIPPED", "EVENTS", "ADDED", "WITHDRAWN", "REASON")


def source_records(views: Iterable[SourceView]) -> Iterator[Record]:
    """One object per source."""
    return (
        {
            "source": view.key,
            "kind": view.kind,
            "provider": view.provider,
            "authority": view.authority.label,
            "cadence_seconds": int(view.cadence.total_seconds()) if view.cadence else None,
            "health": view.health,
            "reason": view.reason,
            "last_good_at": view.last_good_at,
            "last_visit_at": view.last_visit_at,
            "claims": view.claims,
            "skipped": view.skipped,
            "next_visit_at": view.next_visit_at,
            "addresses": view.addresses,
            "bundled_as_of": view.bundled_as_of,
        }
        for view in views
    )


def source_parts(views: Iterable[SourceView]) -> Iterator[Part]:
    """The same as a table."""
    yield Table(SOURCE_COLUMNS, tuple(_source_row(view) for view in views))


def _source_row(view: SourceView) -> tuple[str, ...]:
    counts = (str(view.claims), str(view.skipped)) if view.last_good_at else ("", "")
    return (
        view.key,
        view.kind,
        view.provider or "any",
        view.authority.label,
        length(view.cadence) if view.cadence else "",
        view.health,
        instant(view.last_good_at, "never"),
        *counts,
        instant(view.next_visit_at),
        " ".join(view.addresses),
        "; ".join(part for part in (view.reason, _bundled(view)) if part),
    )


def spell_records(key: str, spells: Iterable[Spell]) -> Iterator[Record]:
    """One object per run of equal visits; *reading* is the number of the last."""
    return (
        {
            "source": key,
            "reading": spell.last.reading_id,
            "since": spell.since,
            "until": spell.last.read_at,
            "visits": spell.visits,
            "outcome": spell.last.outcome,
            "claims": spell.last.claims,
            "skipped": spell.last.skipped,
            "reason": spell.last.reason,
            "pages": [{"url": url, "page": digest} for url, digest in spell.last.pages],
            "bundled": not spell.last.ours,
        }
        for spell in spells
    )


def spell_parts(spells: Iterable[Spell]) -> Iterator[Part]:
    """The same as a table."""
    yield Table(SPELL_COLUMNS, tuple(_spell_row(spell) for spell in spells))


def _spell_row(spell: Spell) -> tuple[str, ...]:
    last = spell.last
    pages = ", ".join(digest[:SHORT_HASH] for _, digest in last.pages[:1]) + (f", +{len(last.pages) - 1}" if len(last.pages) > 1 else "")
    counts = (str(spell.visits), last.outcome.value, str(last.claims), str(last.skipped))
    why = last.reason if last.ours else "brought along by a release"
    return (str(last.reading_id), instant(spell.since), instant(last.read_at), *counts, pages, why)


def recorded_record(recorded: Recorded, *, dry_run: bool) -> Record:
    """What a record came to."""
    counts = {"events": len(recorded.events), "added": recorded.added, "withdrawn": recorded.withdrawn}
    return {"recorded": recorded.key, **counts, "dry_run": dry_run}


def copy_records(exported: Iterable[Exported]) -> Iterator[Record]:
    """One object per source: what a catalogue carries of it."""
    return (
        {
            "source": one.source,
            "as_of": one.copy.as_of if one.copy else None,
            "statements": sum(len(sheet.statements) for sheet in one.copy.sheets) if one.copy else 0,
            "urls": [sheet.url for sheet in one.copy.sheets] if one.copy else [],
            "reason": one.reason,
        }
        for one in exported
    )


def copy_parts(exported: Iterable[Exported]) -> Iterator[Part]:
    """The same as a table."""
    rows = ((record["source"], record["as_of"], record["statements"], record["reason"]) for record in copy_records(exported))
    yield Table(COPY_COLUMNS, tuple((str(key), f"{at:%Y-%m-%d}" if at else "", str(count), str(why)) for key, at, count, why in rows))


def _bundled(view: SourceView) -> str:
    return f"bundled, as of {view.bundled_as_of:%Y-%m-%d}" if view.bundled_as_of else ""


def poll_record(outcome: PollOutcome) -> Record:
    """One visit."""
    return {
        "source": outcome.key,
        "outcome": outcome.outcome,
        "unchanged": outcome.unchanged,
        "claims": outcome.claims,
        "skipped": outcome.skipped,
        "events": outcome.events,
        "added": outcome.added,
        "withdrawn": outcome.withdrawn,
        "reason": outcome.reason,
    }


def poll_records(outcomes: Iterable[PollOutcome]) -> Iterator[Record]:
    """One object per visit."""
    return map(poll_record, outcomes)


def poll_parts(outcomes: Iterable[PollOutcome]) -> Iterator[Part]:
    """The same as a table."""
    yield Table(POLL_COLUMNS, tuple(_poll_row(outcome) for outcome in outcomes))


def _poll_row(outcome: PollOutcome) -> tuple[str, ...]:
    counts = (outcome.claims, outcome.skipped, outcome.events, outcome.added, outcome.withdrawn)
    return (outcome.key, outcome.outcome, *map(str, counts), outcome.reason)
