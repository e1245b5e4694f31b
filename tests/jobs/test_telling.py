"""Who is told of what through the jobs: the all-clear, escalation, one alert per channel, the route of news about sources."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.domain.events import EventKind
from monitor.domain.health import read_reason
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.routing import HealthSettings
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import Digest, Timing
from monitor.domain.policy.watches import Watch
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from tests.faultserver import FaultServer, answer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

NO_DATE = "No shutdown date announced"
PROD = Watch("prod", ("team",), ("alpha*",), owner="us", escalate={Severity.CRITICAL: ("pager",)})


class Story:
    """A page that says when some models end, day by day."""

    def __init__(self, site: FaultServer, tools: Shop) -> None:
        self.site, self.tools = site, tools
        self.spot = visit(site.url("/p"))

    def says(self, number: int, *ends: str) -> None:
        """On that day the page gives alpha, beta, … these ends, and is visited."""
        names = ("alpha", "beta", "gamma")
        self.site.routes["/p"] = page(table(*((end, name, "omega") for name, end in zip(names, ends, strict=False))))
        self.visited(number)

    def visited(self, number: int) -> None:
        """The source, and the calendar's turn."""
        poll(self.tools, self.spot, START + number * DAY)
        remind(self.tools, [self.spot], START + number * DAY)

    def told(self, number: int) -> list[Alert]:
        """What was written that day, in order."""
        with self.tools.database.read() as ledger:
            views = ledger.outbox.listing(limit=1000)
        return [view.alert for view in reversed(views) if view.alert.created_at == START + number * DAY]

    def watched_by(self, *watches: Watch, health: HealthSettings | None = None) -> None:
        """From now on these are the watches."""
        self.tools = replace(self.tools, watches=watches, health=health or HealthSettings())


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with FaultServer() as site, shop(tmp_path) as tools:
        found = Story(site, tools)
        found.watched_by(PROD)
        yield found


def to(alerts: list[Alert]) -> list[tuple[str, str]]:
    """Each alert's channel and what it says of the end, or its kind."""
    said = [[event.kind.value for event in alert.events if event.kind.value.startswith("retirement_")] for alert in alerts]
    return [(alert.channel, kinds[0] if kinds else alert.kind.value) for alert, kinds in zip(alerts, said, strict=True)]


def test_whoever_was_warned_hears_the_all_clear_though_no_watch_asks_for_it_any_more(story: Story) -> None:
    story.says(0, NO_DATE, NO_DATE)
    story.says(1, "2026-04-20", "2026-04-20")  # 49 days ahead
    assert to(story.told(1)) == [("team", "retirement_scheduled")]
    story.visited(44)
    assert to(story.told(44)) == [("team", "reminder"), ("pager", "reminder")]
    story.watched_by(replace(PROD, channels=("other",), events=frozenset({EventKind.MODEL_RETIRED}), escalate={}))
    story.says(45, NO_DATE, NO_DATE)
    cleared = story.told(45)
    assert to(cleared) == [("team", "retirement_cancelled"), ("pager", "retirement_cancelled")]
    assert [(alert.owner, alert.due_at is None or alert.due_at == alert.created_at) for alert in cleared] == [("us", True)] * 2


def test_the_all_clear_is_said_once_and_only_to_those_who_were_warned_since_the_last_one(story: Story) -> None:
    story.says(0, NO_DATE)
    story.says(1, "2026-03-08")
    assert to(story.told(1)) == [("team", "retirement_scheduled"), ("pager", "retirement_scheduled")]
    story.says(2, NO_DATE)
    assert to(story.told(2)) == [("team", "retirement_cancelled"), ("pager", "retirement_cancelled")]
    story.says(3, "2026-07-10")
    story.says(4, NO_DATE)
    assert to(story.told(4)) == [("team", "retirement_cancelled")]


def test_who_was_given_a_date_by_a_first_digest_was_warned(story: Story) -> None:
    story.says(0, "2026-07-10", "2026-09-10")
    assert [alert.kind for alert in story.told(0)] == [AlertKind.DIGEST]
    story.watched_by()
    story.says(1, NO_DATE, NO_DATE)
    assert to(story.told(1)) == [("team", "retirement_cancelled")]  # of alpha; beta was in nobody's digest


def test_a_moved_date_rearms_and_says_from_what_to_what(story: Story) -> None:
    story.says(0, NO_DATE)
    story.says(1, "2026-04-20")
    story.visited(20)
    story.says(21, "2026-06-20")
    (moved,) = story.told(21)
    assert [(event.before, event.after, event.direction) for event in moved.events] == [("2026-04-20", "2026-06-20", "postponed")]
    story.visited(81)
    assert [(alert.lead, alert.channel) for alert in story.told(81)] == [(30, "team")]


def test_two_watches_on_one_channel_make_one_alert(story: Story) -> None:
    story.watched_by(PROD, Watch("all", ("team", "dm"), owner="them"))
    story.says(0, NO_DATE)
    story.says(1, "2026-07-10")
    assert [(alert.channel, alert.watch, alert.owner) for alert in story.told(1)] == [("team", "prod", "us"), ("dm", "all", "them")]


def test_what_waits_for_a_digest_is_due_then_and_what_is_critical_at_once(story: Story) -> None:
    story.watched_by(replace(PROD, timing=Timing(digest=Digest(weekday=0))))
    story.says(0, NO_DATE)  # a Sunday
    story.says(1, "2026-07-10")
    story.says(2, "2026-03-06")
    with story.tools.database.read() as ledger:
        due = {(view.alert.channel, view.alert.created_at): view.due_at for view in ledger.outbox.listing()}
    assert due == {
        ("team", START + DAY): START + DAY,
        ("team", START + 2 * DAY): START + 2 * DAY,
        ("pager", START + 2 * DAY): START + 2 * DAY,
    }
    story.says(3, "2026-08-20")
    with story.tools.database.read() as ledger:
        (waiting,) = [view for view in ledger.outbox.listing() if view.alert.created_at == START + 3 * DAY]
    assert (waiting.due_at, waiting.alert.severity) == (START + 8 * DAY, Severity.WARNING)  # the next Monday at nine


def test_news_about_sources_takes_its_own_route_and_says_when_the_source_was_last_read(story: Story) -> None:
    story.watched_by(PROD, health=HealthSettings(("sre",), "keeper"))
    story.says(0, NO_DATE)
    story.site.routes["/p"] = answer(503)
    story.visited(1)
    story.visited(2)  # stale and failing: told once
    story.says(3, NO_DATE)
    alerts = [alert for number in (1, 2, 3) for alert in story.told(number)]
    assert [(alert.channel, alert.owner, alert.watch) for alert in alerts] == [("sre", "keeper", "health")] * len(alerts)
    assert [alert.events[0].kind for alert in alerts] == [EventKind.SOURCE_STALE, EventKind.SOURCE_RECOVERED]
    assert [read_reason(alert.events[0])[1] for alert in alerts] == [START, START + 3 * DAY]
