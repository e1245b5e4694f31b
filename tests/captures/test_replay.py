"""The Anthropic series through the whole pipeline, against the changes listed by hand in truth/events."""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
from monitor.domain.identity import Kind
from monitor.domain.policy.watches import Watch
from monitor.domain.readings import Outcome
from monitor.jobs.replay import Shelf, Step, replay
from monitor.jobs.saved import Saved, saved_pages
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from monitor.store import open_database
from tests.captures.shared import CAPTURES, NEEDED, TRUTH, body_of, files
from tests.sources.golden import letters

pytestmark = NEEDED
SERIES = [path.name for path in files("anthropic/announcements", "model-deprecations_*.md")]
LOGIN = b"""<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>
<form><input name="email"><button>Continue</button></form>
<p>By continuing you agree to the terms. Claude by Anthropic. Retired models are not shown.</p></body></html>"""
NEVER = {EventKind.RETIREMENT_CANCELLED, EventKind.RETIREMENT_UNCONFIRMED, EventKind.MODEL_DELISTED, EventKind.CLAIM_CORRECTED}
Change = tuple[datetime, str, str, str, str]  # when, what, of which model, before, after


class NoNetwork:
    """A replay brings its own pages."""

    def fetch(self, request: object, validators: object) -> object:
        raise AssertionError(request, validators)


def run(folder: Path) -> list[Step]:
    """A replay of a folder into a fresh database."""
    source = find_source("anthropic_deprecations")
    visit = Visit(source, source.key, source.provider, (), source.cadence)
    with TemporaryDirectory() as place:
        database = open_database(f"sqlite:///{place}/replay.db")
        database.upgrade()
        shop = Shop(database, NoNetwork(), (Watch("everything", ("log",)),), lambda cadence: cadence)  # type: ignore[arg-type]
        steps = list(replay(shop, [Shelf(visit, saved_pages(folder))]))
        database.close()
    return steps


def lay_out(folder: Path, names: Iterable[str], damaged: str = "", body: bytes = b"") -> tuple[Saved, ...]:
    """Captures in a folder of their own, one of them replaced."""
    for name in names:
        (folder / name).write_bytes(body if name == damaged else original(name))
    return saved_pages(folder)


def original(name: str) -> bytes:
    return body_of(CAPTURES / "anthropic/announcements" / name)


def changes(steps: Iterable[Step], kind: Kind = Kind.MODEL) -> list[Change]:
    """What the pages brought; what the calendar brings and what is said of the source are left out."""
    events = [step for step in steps if isinstance(step, Event) and step.subject is kind]
    return [
        (event.at, event.kind.value, event.key.model, event.before, event.after)
        for event in events
        if event.kind not in FROM_CALENDAR | ABOUT_SOURCES
    ]


def outcomes(steps: Iterable[Step]) -> list[Outcome]:
    return [step.outcome for step in steps if isinstance(step, PollOutcome)]


@cache
def clean(names: tuple[str, ...]) -> tuple[Step, ...]:
    """The undamaged replay of some captures."""
    with TemporaryDirectory() as place:
        lay_out(Path(place), names)
        return tuple(run(Path(place)))


@cache
def order() -> tuple[Saved, ...]:
    """The captures in the order of the replay."""
    with TemporaryDirectory() as place:
        return lay_out(Path(place), SERIES)


def dated(value: str, bound: str) -> str:
    """A date of the list as events print it."""
    return f"not_before:{value}" if bound == "not_before" else value


def rows_listed_by_hand() -> list[dict[str, str]]:
    with (TRUTH / "events/anthropic_deprecations.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def listed_by_hand() -> Counter[Change]:
    """The rows of the list as events, by its README: a first date is scheduled, another date or bound is a move, a vanished row nothing.

    Of several values in one capture the status table's, which the list names first, was believed. A stage alone is no event: its date is;
    only a day announced for a model that no table calls anything, and without a day of deprecation, says both at once.
    """
    at = {saved.path.name: saved.at for saved in order()}
    rows = rows_listed_by_hand()
    stated = {(row["capture"], row["model"], row["fact"]) for row in rows}
    found: Counter[Change] = Counter()
    for row in rows:
        before, after = dated(row["before"].split(";")[0], row["before_bound"]), dated(row["after"], row["after_bound"])
        kind = {
            ("retires", "appeared"): "retirement_scheduled",
            ("retires", "moved"): "retirement_moved",
            ("deprecated", "appeared"): "deprecation_announced",
            ("replaced_by", "appeared"): "replacement_named",
            ("replaced_by", "replaced"): "replacement_changed",
        }.get((row["fact"], row["change"]))
        if kind:
            found[(at[row["capture"]], kind, row["model"], before, after)] += 1
        told = [(row["capture"], row["model"], fact) in stated for fact in ("stage", "deprecated")]
        if kind == "retirement_scheduled" and row["after_bound"] == "exact" and not any(told):
            found[(at[row["capture"]], "deprecation_announced", row["model"], "", "")] += 1
    return found


def test_the_series_is_complete() -> None:
    assert len(SERIES) == 26


def test_every_change_listed_by_hand_is_an_event_and_no_other() -> None:
    baseline = order()[0].at
    ours = Counter(change for change in changes(clean(tuple(SERIES))) if change[0] != baseline)
    assert (sorted(ours - listed_by_hand()), sorted(listed_by_hand() - ours)) == ([], [])


def test_the_parameters_are_announced_once() -> None:
    assert [(change[0].date().isoformat(), *change[1:]) for change in changes(clean(tuple(SERIES)), Kind.SERVICE)] == [
        ("2026-07-21", "deprecation_announced", parameter, "", "") for parameter in ("temperature", "top_k", "top_p")
    ]


def test_claude_haiku_3s_correction_is_one_move() -> None:
    moves = [change for change in changes(clean(tuple(SERIES))) if change[1] == "retirement_moved" and change[3] == "2026-04-19"]
    assert [(change[0].date().isoformat(), *change[2:]) for change in moves] == [
        ("2026-02-20", "claude-3-haiku-20240307", "2026-04-19", "2026-04-20")
    ]


def test_the_quote_of_every_event_stands_on_the_page_it_names() -> None:
    pages = {sha256(original(name)).hexdigest(): letters(original(name).decode()) for name in SERIES}
    events = [step for step in clean(tuple(SERIES)) if isinstance(step, Event) and step.kind not in ABOUT_SOURCES]
    assert [event for event in events if not event.quote or letters(event.quote) not in pages[event.page]] == []


def test_two_replays_tell_the_same() -> None:
    clean.cache_clear()
    first = clean(tuple(SERIES))
    clean.cache_clear()
    assert clean(tuple(SERIES)) == first


def believed(found: Iterable[Change], until: datetime) -> dict[tuple[str, str], str]:
    """The last word on each date, deprecation and replacement."""
    slots = {
        "retirement_scheduled": "retires",
        "retirement_moved": "retires",
        "replacement_named": "replaced_by",
        "replacement_changed": "replaced_by",
    }
    return {(change[2], slots.get(change[1], change[1])): change[4] for change in found if change[0] <= until}


def withdrawn_without_a_word(capture: str) -> set[tuple[str, str]]:
    """What a capture no longer states: had the one before it been lost, nobody would ever have known."""
    return {(row["model"], row["fact"]) for row in rows_listed_by_hand() if row["capture"] == capture and row["change"] == "row_gone"}


def check_damage(names: tuple[str, ...], victim: str) -> None:
    """With one capture replaced nothing is invented or withdrawn, and its news comes with the next."""
    whole = changes(clean(names))
    for body in (b"", LOGIN, original(victim)[: len(original(victim)) // 2]):
        with TemporaryDirectory() as place:
            saved = lay_out(Path(place), names, victim, body)
            steps = run(Path(place))
        at = [page.path.name for page in saved].index(victim)
        hurt = changes(steps)
        assert outcomes(steps)[at] is not Outcome.GOOD
        assert [step for step in steps if isinstance(step, Event) and step.kind in NEVER] == []
        assert {(change[2], change[4]) for change in hurt} <= {(change[2], change[4]) for change in whole}
        if at + 1 < len(saved):
            never_said_again = withdrawn_without_a_word(saved[at + 1].path.name)
            late, timely = believed(hurt, saved[at + 1].at), believed(whole, saved[at + 1].at)
            assert late == {slot: value for slot, value in timely.items() if slot not in never_said_again or slot in late}


@pytest.mark.parametrize("victim", [0, 1, 11, 16, 21, 25])
def test_a_damaged_capture_among_its_neighbours_brings_nothing_false_and_loses_nothing(victim: int) -> None:
    names = [saved.path.name for saved in order()]
    check_damage(tuple(names[max(0, victim - 2) : victim + 3]), names[victim])


@pytest.mark.slow
@pytest.mark.parametrize("victim", range(26))
def test_a_damaged_capture_of_the_whole_series_brings_nothing_false_and_loses_nothing(victim: int) -> None:
    names = tuple(saved.path.name for saved in order())
    check_damage(names, names[victim])
