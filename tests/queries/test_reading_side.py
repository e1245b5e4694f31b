"""What ends next, what changed, how the sources are doing, what waits in the outbox."""

from dataclasses import dataclass
from datetime import timedelta

from monitor.domain.claims import Skipped
from monitor.domain.facts import AliasOf, Listed, Redirects, Retires, Stage
from monitor.domain.health import Health
from monitor.domain.identity import scope_of
from monitor.domain.pages import Request
from monitor.domain.policy.news import alerts_for, digest_for
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import Watch
from monitor.domain.readings import SourceFacts
from monitor.queries.models import upcoming
from monitor.queries.news import changes, history
from monitor.queries.outbox import about, alert_text, alerts, reminded
from monitor.queries.sources import SourceView, sources_overview
from monitor.store import Database
from monitor.store.views import AlertState
from tests.queries.speakers import API, NOW, PAGE, on, says
from tests.store.words import Visitor, page, parsed

DAY = timedelta(days=1)
SNAPSHOT = "gpt-4.1-mini-2025-04-14"


@dataclass(frozen=True)
class Planned:
    """A source as configured."""

    facts: SourceFacts
    not_configured: str = ""
    cadence: timedelta = timedelta(hours=6)
    requests: tuple[Request, ...] = (Request("https://example.com/page"),)

    @property
    def key(self) -> str:
        return self.facts.key


def ends(database: Database, within: timedelta | None = None, *, promises: bool = False) -> list[tuple[str, int | None]]:
    with database.read() as ledger:
        return [(view.key.model, view.days_left) for view in upcoming(ledger, NOW, within, promises=promises)]


def schedule(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW,
        says("gone", Retires(on("2025-06-01"))),
        says("overdue", Retires(on("2026-01-01", floor=True))),
        says("promised", Retires(on("2026-02-01", floor=True), promise=True)),
        says("redirected", Redirects(on("2026-01-20"))),
        says("redirected", Retires(on("2026-05-01"))),
        says(SNAPSHOT, Retires(on("2026-03-01"))),
        says("gpt-4.1-mini", AliasOf(SNAPSHOT)),
        says("listed", Listed()),
    )


def test_what_ends_next_comes_nearest_first_with_the_names_that_share_the_end(database: Database) -> None:
    schedule(database)
    assert ends(database) == [("redirected", 10), ("gpt-4.1-mini", 50), (SNAPSHOT, 50), ("overdue", -9)]


def test_only_what_ends_in_time_and_promises_where_they_are_asked_for(database: Database) -> None:
    schedule(database)
    assert ends(database, 30 * DAY) == [("redirected", 10), ("overdue", -9)]
    assert ends(database, 30 * DAY, promises=True) == [("redirected", 10), ("promised", 22), ("overdue", -9)]


def test_what_was_to_end_as_it_was_known_then(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says("a", Retires(on("2026-03-01"))))
    Visitor(database, PAGE).hears(NOW + 5 * DAY, says("a", Retires(on("2026-04-01"))))
    with database.read() as ledger:
        then = upcoming(ledger, NOW + 9 * DAY, as_of=NOW + DAY)
        before = upcoming(ledger, NOW + 9 * DAY, as_of=NOW - DAY)
    assert ([(view.ends, view.days_left, view.stage) for view in then], before) == ([(on("2026-03-01"), 49, Stage.DEPRECATED)], ())


def test_history_is_that_of_every_surface_of_the_line(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW, says("gpt-4.1-mini", Listed()), says("GPT-4.1 mini", Retires(on("2026-03-01")), "chatgpt"), says("o3", Listed())
    )
    Visitor(database, PAGE).hears(NOW + DAY, says("GPT-4.1 mini", Retires(on("2026-02-13")), "chatgpt"))
    with database.read() as ledger:
        found = history(ledger, SNAPSHOT)
        early = history(ledger, SNAPSHOT, as_of=NOW)
        nothing = history(ledger, "gpt-4.1-min")
        since = changes(ledger, NOW + DAY)
    assert {event.key.provider for event in found.events} == {"openai", "chatgpt"}
    assert {event.key.model for event in found.events} == {"gpt-4.1-mini", "GPT-4.1 mini"}
    assert found.events[-1].kind == "retirement_moved"
    assert early.events == found.events[:-1]
    assert (nothing.events, nothing.near) == ((), ("gpt-4.1-mini",))
    assert since == found.events[-1:]


def test_every_source_says_whether_its_silence_can_be_trusted(database: Database) -> None:
    Visitor(database, PAGE).brings(NOW, (page("x", at=NOW), parsed([says("a", Listed())], [Skipped("row", "no date")])))
    with database.write() as ledger:
        ledger.readings.record_failed(API.key, NOW, "openai_models: HTTP 500")
        ledger.sources.schedule(PAGE.key, NOW + DAY)
    absent = SourceFacts("absent", PAGE.kind, "openai", PAGE.authority)
    keyless = Planned(SourceFacts("keyless", API.kind, "openai", API.authority), "KEY is not set", requests=())
    with database.read() as ledger:
        found = sources_overview(ledger, [Planned(PAGE), Planned(API), Planned(absent), keyless], NOW)
        later = sources_overview(ledger, [Planned(PAGE)], NOW + DAY)
    url = ("https://example.com/page",)
    six = timedelta(hours=6)
    assert found == (
        SourceView("openai_page", PAGE.kind, "openai", PAGE.authority, six, Health.GOOD, "", NOW, NOW, 1, 1, NOW + DAY, url),
        SourceView(
            "openai_models", API.kind, "openai", API.authority, six, Health.FAILING, "openai_models: HTTP 500", None, NOW, 0, 0, None, url
        ),
        SourceView("absent", PAGE.kind, "openai", PAGE.authority, six, Health.NEVER_READ, "", None, None, 0, 0, None, url),
        SourceView("keyless", API.kind, "openai", API.authority, six, Health.NOT_CONFIGURED, "KEY is not set", None, None, 0, 0, None, ()),
    )
    assert later[0].health is Health.STALE


def test_alerts_say_what_they_are_about(database: Database) -> None:
    watch = Watch("all", ("ops",))
    west = scope_of({"region": ["westus", "eastus"]})
    told = Visitor(database, PAGE).hears(NOW - 40 * DAY, says("a/b", Retires(on("2026-02-01")), scope=west))
    with database.write() as ledger:
        ledger.outbox.add(alerts_for(told.events, told.lifecycles, [watch], (), NOW))
        ledger.outbox.add(digest_for(PAGE.key, told.lifecycles, [watch], (), NOW))
        ledger.outbox.add(reminders(told.lifecycles, [watch], (), (), NOW))
    with database.read() as ledger:
        found = alerts(ledger)
        waiting = alerts(ledger, AlertState.WAITING, limit=1)
        texts = [alert_text(ledger, view.visible_id, NOW) for view in found]
        none = alert_text(ledger, "MW-00000000", NOW)
    assert [about(view.alert) for view in found] == [
        "openai/a/b [region=eastus;westus]: 30 days ahead",
        "first reading of openai_page",
        "openai/a/b [region=eastus;westus]: deprecation announced, retirement scheduled",
    ]
    assert (waiting, none) == (found[:1], None)
    assert [text is not None and text.message is not None for text in texts] == [True, False, True]
    assert reminded(found[0].alert) == told.lifecycles[0].key
