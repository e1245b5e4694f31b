"""Acknowledging and snoozing: who is spared what, how it ends, and what becomes of alerts that wait."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.events import Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import ANY_KEY, MuteKind
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.watches import Watch
from monitor.domain.records import Signature
from monitor.errors import UsageError
from monitor.jobs.acks import Muted, Order, acknowledge, end, snooze
from monitor.jobs.poll import poll
from monitor.jobs.remind import behind, remind
from monitor.jobs.shop import Shop
from monitor.queries.acks import acks
from monitor.store.views import AckView, AlertState, AlertView
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

ANN = Signature("ann", "migrated")
ALPHA = ("2026-09-01", "alpha-1", "beta-1")
GAMMA = ("2026-10-01", "gamma-1", "beta-1")


class World:
    """A page, the jobs over it, and a clock."""

    def __init__(self, tools: Shop, site: FaultServer) -> None:
        self.tools = tools
        self.site = site

    def publishes(self, at: datetime, *rows: tuple[str, str, str], provider: str = "acme", key: str = "page") -> None:
        self.site.routes[f"/{key}"] = page(table(*rows))
        poll(self.tools, visit(self.site.url(f"/{key}"), provider=provider, key=key), at)

    def reminds(self, at: datetime) -> list[int | None]:
        """The lead times of the reminders made by a turn of the calendar."""
        before = {view.alert_id for view in self.views()}
        remind(self.tools, [], at)
        return [view.alert.lead for view in self.views() if view.alert_id not in before and view.alert.kind is AlertKind.REMINDER]

    def acks(self, *targets: str, at: datetime, until: datetime | None = None, dry_run: bool = False) -> tuple[Muted, ...]:
        return acknowledge(self.tools.database, self.tools.watches, Order(targets, ANN, until, dry_run), at)

    def snoozes(self, *targets: str, at: datetime, until: datetime) -> tuple[Muted, ...]:
        return snooze(self.tools.database, self.tools.watches, Order(targets, ANN, until), at)

    def views(self, state: AlertState | None = None) -> list[AlertView]:
        with self.tools.database.read() as ledger:
            return sorted(ledger.outbox.listing(state, 1000), key=lambda view: view.alert_id)

    def told(self) -> list[str]:
        """What news there is, by its first event."""
        return [view.alert.events[0].kind.value for view in self.views() if view.alert.kind is AlertKind.NEWS]

    def mutes(self, at: datetime, *, ended: bool = False) -> tuple[AckView, ...]:
        with self.tools.database.read() as ledger:
            return acks(ledger, at, ended=ended)

    def behind(self, then: datetime) -> int:
        with self.tools.database.read() as ledger:
            return behind(ledger, self.tools.watches, then)

    def deliver(self, at: datetime) -> None:
        with self.tools.database.write() as ledger:
            for waiting in ledger.outbox.claim_due(at, limit=1000, lease=timedelta(minutes=5)):
                ledger.outbox.delivered([waiting.alert_id], at)


@pytest.fixture
def world(tmp_path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a fixture
    with FaultServer() as site, shop(tmp_path) as tools:
        watches = (Watch("all", ("log",), owner="platform"), Watch("alphas", ("ops",), models=("alpha-*",), owner="search"))
        yield World(replace(tools, watches=watches), site)


def test_an_acknowledged_date_is_not_reminded_of_and_a_moved_one_is(world: World) -> None:
    world.publishes(START, ALPHA)
    [muted] = world.acks("alpha-1", at=START + DAY)
    assert (muted.subject.text, dict(muted.mute.ends), muted.mute.kind) == ("model:acme/alpha-1", {"acme/alpha-1": "2026-09-01"}, "ack")
    assert [world.reminds(START + day * DAY) for day in (100, 150, 170)] == [[], [], []]
    world.publishes(START + 171 * DAY, ("2026-12-01", "alpha-1", "beta-1"))
    assert world.told() == ["retirement_moved"] * 2
    assert world.reminds(START + 171 * DAY) == []
    [ended] = world.mutes(START + 171 * DAY, ended=True)
    assert (ended.ended_at, ended.ended_by, ended.end_reason) == (
        START + 171 * DAY,
        "modelwatch",
        "the date moved from 2026-09-01 to 2026-12-01",
    )
    assert world.mutes(START + 171 * DAY) == ()
    assert world.reminds(START + 190 * DAY) == [90, 90]


def test_an_acknowledgement_ends_on_its_day_and_then_the_most_urgent_reminder_comes_once(world: World) -> None:
    world.publishes(START, ALPHA)
    world.acks("line:alpha-1", at=START, until=START + 160 * DAY)
    assert [world.reminds(START + day * DAY) for day in (100, 130, 159)] == [[], [], []]
    assert world.reminds(START + 160 * DAY) == [30, 30]
    [ended] = world.mutes(START + 160 * DAY, ended=True)
    assert (ended.ended_by, ended.end_reason) == ("modelwatch", "its day has come")
    assert [world.reminds(START + day * DAY) for day in (161, 171)] == [[], [14, 14]]


def test_an_acknowledged_model_retires_quietly_and_the_acknowledgement_with_it(world: World) -> None:
    world.publishes(START, ALPHA)
    world.acks("model:acme/alpha-1", at=START)
    assert [world.reminds(START + day * DAY) for day in range(170, 200)] == [[]] * 30
    assert world.told() == []
    assert [ended.end_reason for ended in world.mutes(START + 200 * DAY, ended=True)] == ["the model is retired"]


def test_a_cancelled_date_is_told_and_ends_the_acknowledgement(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    world.acks("alpha-1", at=START)
    world.publishes(START + DAY, ("No shutdown date announced", "alpha-1", "beta-1"), GAMMA)
    world.reminds(START + DAY)
    assert world.told() == ["retirement_cancelled"] * 2
    assert [ended.end_reason for ended in world.mutes(START + DAY, ended=True)] == ["the date 2026-09-01 was taken back"]


def test_a_snooze_silences_other_news_too_but_no_moved_date(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    world.snoozes("watch:all", "watch:alphas", at=START, until=START + 100 * DAY)
    world.publishes(START + DAY, ("2026-09-01", "alpha-1", "delta-1"), GAMMA)
    assert world.told() == []
    world.publishes(START + 2 * DAY, ("2026-09-01", "alpha-1", "delta-1"), ("2026-11-01", "gamma-1", "beta-1"))
    assert world.told() == ["retirement_moved"]
    assert [(one.mute.kind, dict(one.mute.ends).get(ANY_KEY)) for one in world.mutes(START + 3 * DAY)] == [(MuteKind.SNOOZE, "")] * 2
    world.publishes(START + 4 * DAY, ("2026-09-01", "alpha-1", "delta-1"), ("2026-11-01", "gamma-1", "zeta-1"))
    assert world.told() == ["retirement_moved", "replacement_changed"]


def test_an_acknowledgement_does_not_silence_what_is_new(world: World) -> None:
    world.publishes(START, ALPHA)
    world.acks("alpha-1", at=START)
    world.publishes(START + DAY, ("2026-09-01", "alpha-1", "delta-1"))
    assert world.told() == ["replacement_changed"] * 2


def test_a_date_said_more_exactly_is_still_the_one_acknowledged_until_it_moves_inside_the_month(world: World) -> None:
    world.publishes(START, ("August 2026", "alpha-1", "beta-1"))
    world.acks("alpha-1", at=START)
    world.publishes(START + DAY, ("2026-08-15", "alpha-1", "beta-1"))
    assert world.reminds(START + DAY) == []
    assert [dict(one.mute.ends) for one in world.mutes(START + DAY)] == [{"acme/alpha-1": "2026-08-15"}]
    assert world.reminds(START + 140 * DAY) == []
    world.publishes(START + 141 * DAY, ("2026-08-20", "alpha-1", "beta-1"))
    assert world.told()[-1] == "retirement_moved"
    world.reminds(START + 141 * DAY)
    assert world.mutes(START + 141 * DAY) == ()


def test_ending_an_acknowledgement_brings_the_most_urgent_reminder_once_and_the_later_ones(world: World) -> None:
    world.publishes(START, ALPHA)
    assert world.reminds(START + 95 * DAY) == [90, 90]
    [muted] = world.acks("alpha-1", at=START + 95 * DAY)
    assert [world.reminds(START + day * DAY) for day in (125, 155)] == [[], []]
    assert muted.ack_id
    [ended] = end(world.tools.database, world.tools.watches, [muted.ack_id], Signature("bob", "not yet"), START + 156 * DAY)
    assert (ended.ended_by, ended.end_reason) == ("bob", "not yet")
    assert [world.reminds(START + day * DAY) for day in (156, 157, 171, 178)] == [[30, 30], [], [14, 14], [7, 7]]


def test_a_waiting_reminder_does_not_leave_once_acknowledged_and_comes_back_if_that_is_taken_back(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    world.deliver(START)
    world.reminds(START + 125 * DAY)
    dry = world.acks("alpha-1", at=START + 125 * DAY, dry_run=True)
    assert (dry[0].ack_id, len(dry[0].withheld), world.mutes(START + 125 * DAY)) == (None, 2, ())
    [muted] = world.acks("alpha-1", at=START + 125 * DAY)
    assert [view.visible_id for view in muted.withheld] == [view.visible_id for view in dry[0].withheld]
    held = world.views(AlertState.MUTED)
    assert [(view.alert.lead, view.last_error) for view in held] == [(60, f"ack {muted.ack_id} by ann: migrated")] * 2
    assert [view.alert.lead for view in world.views(AlertState.WAITING)] == [90]  # gamma's
    assert world.behind(START + 125 * DAY - timedelta(hours=1)) == world.behind(START + 125 * DAY) == 0
    assert muted.ack_id
    end(world.tools.database, world.tools.watches, [muted.ack_id], ANN, START + 126 * DAY)
    assert len(world.views(AlertState.MUTED)) == 2
    remind(world.tools, [], START + 126 * DAY)
    assert world.views(AlertState.MUTED) == []
    back = [(view.alert.lead, view.due_at) for view in world.views(AlertState.WAITING) if view.alert.lead == 60]
    assert back == [(60, START + 126 * DAY)] * 2


def test_what_was_acknowledged_before_the_calendar_had_its_turn_is_no_gap(world: World) -> None:
    world.publishes(START, ALPHA)
    world.deliver(START)
    assert world.behind(START + 125 * DAY) == 2
    world.acks("alpha-1", at=START + 125 * DAY + timedelta(seconds=10))
    assert world.behind(START + 125 * DAY) == 0


def test_nothing_old_is_sent_late_after_an_acknowledgement_has_ended(world: World) -> None:
    world.publishes(START, ALPHA)
    world.deliver(START)
    world.reminds(START + 125 * DAY)
    [muted] = world.acks("alpha-1", at=START + 125 * DAY)
    assert muted.ack_id
    end(world.tools.database, world.tools.watches, [muted.ack_id], ANN, START + 160 * DAY)
    assert world.reminds(START + 160 * DAY) == [30, 30]
    assert [view.alert.lead for view in world.views(AlertState.MUTED)] == [60, 60]


def waiting(name: str, due: datetime, severity: Severity = Severity.INFO, kind: EventKind = EventKind.PRICE_CHANGED) -> Alert:
    about = ModelKey("acme", "alpha-1")
    event = Event(kind, about, START, "input_price")
    return Alert(f"news:all:log:{name}", AlertKind.NEWS, "log", "all", "platform", START, (event,), (), None, severity, due)


def test_news_that_waits_for_its_day_is_held_back_by_a_snooze_and_leaves_if_that_ends_before(world: World) -> None:
    world.publishes(START, ALPHA)
    world.deliver(START)
    monday, friday = START + 3 * DAY, START + 7 * DAY
    with world.tools.database.write() as ledger:
        ledger.outbox.add([waiting("soon", monday), waiting("later", friday), waiting("urgent", friday, Severity.CRITICAL)])
        ledger.outbox.add([waiting("moved", friday, kind=EventKind.RETIREMENT_MOVED)])
    [muted] = world.snoozes("alpha-1", at=START, until=START + 30 * DAY)
    assert [view.alert.idempotency_key[13:] for view in muted.withheld] == ["soon", "later"]
    assert muted.ack_id
    end(world.tools.database, world.tools.watches, [muted.ack_id], ANN, START + 4 * DAY)
    assert [view.alert.idempotency_key[13:] for view in world.views(AlertState.WAITING)] == ["later", "urgent", "moved"]
    assert [view.alert.idempotency_key[13:] for view in world.views(AlertState.MUTED)] == ["soon"]


def test_what_was_on_its_way_while_it_was_acknowledged_is_not_tried_again(world: World) -> None:
    world.publishes(START, ALPHA)
    world.deliver(START)
    world.reminds(START + 125 * DAY)
    at = START + 125 * DAY
    with world.tools.database.write() as ledger:
        flying = ledger.outbox.claim_due(at, limit=10, lease=timedelta(minutes=5))
    [muted] = world.acks("alpha-1", at=at)
    assert muted.withheld == ()
    with world.tools.database.write() as ledger:
        for one in flying:
            ledger.outbox.retry([one.alert_id], at, at + timedelta(minutes=1), "HTTP 500")
    world.reminds(at)
    assert [view.attempts for view in world.views(AlertState.MUTED)] == [1, 1]


def test_the_digest_of_a_first_reading_is_withheld_only_if_all_of_it_is_acknowledged(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    [alpha] = world.acks("alpha-1", at=START)
    assert [view.alert.watch for view in alpha.withheld] == ["alphas"]
    [gamma] = world.acks("gamma-1", at=START)
    assert [view.alert.watch for view in gamma.withheld] == ["all"]


# Targets


def test_an_alert_stands_for_the_models_that_it_told_of(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    world.deliver(START)
    digest = next(view for view in world.views() if view.alert.watch == "all")
    found = world.acks(digest.visible_id.lower(), at=START)
    assert [one.subject.text for one in found] == ["model:acme/alpha-1", "model:acme/gamma-1"]


def test_the_id_of_a_message_stands_for_all_its_alerts(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    world.reminds(START + 125 * DAY)
    with world.tools.database.write() as ledger:
        from sqlalchemy import update

        from monitor.store.schema import AlertRow

        ledger.outbox._db.execute(update(AlertRow).where(AlertRow.kind == "reminder").values(batch="MW-0000BEEF"))
    found = world.acks("MW-0000beef", at=START + 125 * DAY)
    assert [one.subject.text for one in found] == ["model:acme/alpha-1", "model:acme/gamma-1"]


def test_an_alert_whose_date_has_moved_since_cannot_be_acknowledged(world: World) -> None:
    world.publishes(START, ALPHA)
    world.reminds(START + 125 * DAY)
    world.deliver(START + 125 * DAY)
    reminder = next(view for view in world.views() if view.alert.lead)
    world.publishes(START + 126 * DAY, ("2026-12-01", "alpha-1", "beta-1"))
    with pytest.raises(UsageError, match="out of date: acme/alpha-1 has moved since from 2026-09-01 to 2026-12-01"):
        world.acks(reminder.visible_id, at=START + 127 * DAY)


def test_an_alert_about_a_source_cannot_be_acknowledged(world: World) -> None:
    about = ModelKey("acme", "page")
    event = Event(EventKind.SOURCE_FAILED, about, START, "health", source="page")
    alert = Alert("news:all:log:x", AlertKind.NEWS, "log", "all", "", START, (event,))
    with world.tools.database.write() as ledger:
        ledger.outbox.add([alert])
    with pytest.raises(UsageError, match="is not about a model"):
        world.acks(alert.visible_id, at=START)


def test_an_alert_without_a_date_is_acknowledged_until_a_date_is_announced(world: World) -> None:
    world.publishes(START, GAMMA, ("No shutdown date announced", "alpha-1", "beta-1"))
    alert = waiting("x", START)
    with world.tools.database.write() as ledger:
        ledger.outbox.add([alert])
    [muted] = world.acks(alert.visible_id, at=START)
    assert dict(muted.mute.ends) == {"acme/alpha-1": ""}
    assert world.mutes(START + DAY)
    world.publishes(START + DAY, GAMMA, ALPHA)
    assert "retirement_scheduled" in [event.kind for view in world.views() for event in view.alert.events]
    assert [one.end_reason for one in world.mutes(START + DAY, ended=True)] == ["a date was announced: 2026-09-01"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("alpha-2", r"no model 'alpha-2'; did you mean line:alpha-1"),
        ("zzz", r"no model 'zzz'; expected an alert's id"),
        ("platform", r"no model 'platform'; did you mean owner:platform\?"),
        ("alphas", r"did you mean line:alpha-1 or watch:alphas\?"),
        ("model:other/alpha-1", "no model 'other/alpha-1'"),
        ("line:alpha-9", "no line 'alpha-9'; did you mean line:alpha-1"),
        ("line:zzzz", "no line 'zzzz'; `modelwatch show NAME` finds one"),
        ("watch:alfas", r"no watch 'alfas'; did you mean watch:alphas\?"),
        ("watch:zzzz", "no watch 'zzzz'; there are all, alphas"),
        ("owner:zzzz", "no owner 'zzzz'; there are platform, search"),
        ("MW-00000000", "no alert 'MW-00000000'; `modelwatch alerts` lists them"),
        ("beta-1", "no model 'beta-1'"),
        ("delta-1", "'delta-1' may be model:acme/delta-1, model:emca/delta-1; or all of them with line:delta-1"),
        ("undated-1", "model:acme/undated-1 has no date ahead that could be acknowledged"),
        ("old-1", "model:acme/old-1: the model is retired, there is nothing to silence"),
    ],
)
def test_an_unclear_target_is_refused_with_what_there_is(world: World, target: str, said: str) -> None:
    undated = ("No shutdown date announced", "undated-1", "-")
    world.publishes(START, ALPHA, ("2026-11-01", "delta-1", "-"), undated, ("2026-01-01", "old-1", "-"))
    world.publishes(START, ("2026-11-01", "delta-1", "-"), provider="emca", key="other")
    with pytest.raises(UsageError, match=said):
        world.acks(target, at=START)


def test_names_are_found_in_any_spelling_and_watches_and_owners_by_name(world: World) -> None:
    world.publishes(START, ALPHA, GAMMA)
    texts = [world.acks(text, at=START)[0].subject.text for text in ("ALPHA 1", "acme/gamma-1", "watch:alphas", "owner:platform")]
    assert texts == ["model:acme/alpha-1", "model:acme/gamma-1", "watch:alphas", "owner:platform"]
    covered = {one.mute.name: sorted(one.mute.ends) for one in world.mutes(START)}
    assert covered["alphas"] == ["acme/alpha-1"]
    assert covered["platform"] == ["acme/alpha-1", "acme/gamma-1"]


def test_a_moving_name_stands_for_its_snapshot(world: World) -> None:
    import json

    listed = [{"id": name, "name": name, "max_context_length": 1000} for name in (*"abcdefghij", "next-2501")]
    alias = {"id": "next", "name": "next-2501", "max_context_length": 1000}
    world.site.routes["/l"] = page(json.dumps({"data": [*listed, alias]}).encode())
    world.publishes(START, ("2026-10-01", "next-2501", "-"), provider="mistral")
    poll(world.tools, visit(world.site.url("/l"), source="mistral_models", key="listing", provider="mistral"), START)
    [muted] = world.acks("model:mistral/next", at=START)
    assert (muted.subject.text, dict(muted.mute.ends)) == ("model:mistral/next-2501", {"mistral/next-2501": "2026-10-01"})


def test_the_same_again_is_written_once(world: World) -> None:
    world.publishes(START, ALPHA)
    [first] = world.acks("alpha-1", "model:acme/alpha-1", at=START)
    [again] = world.acks("alpha-1", at=START + DAY)
    assert (again.ack_id, again.before and again.before.ack_id) == (None, first.ack_id)
    assert len(world.mutes(START + DAY)) == 1


def test_a_day_that_has_come_and_an_acknowledgement_that_is_over_are_refused(world: World) -> None:
    world.publishes(START, ALPHA)
    with pytest.raises(UsageError, match="has come already"):
        world.snoozes("alpha-1", at=START, until=START)
    with pytest.raises(UsageError, match="no ack 7"):
        end(world.tools.database, world.tools.watches, [7], ANN, START)
    [muted] = world.acks("alpha-1", at=START)
    assert muted.ack_id
    end(world.tools.database, world.tools.watches, [muted.ack_id], ANN, START)
    with pytest.raises(UsageError, match=r"1 ended on 2026-03-01 already \(ann: migrated\)"):
        end(world.tools.database, world.tools.watches, [muted.ack_id], ANN, START)


def test_a_watch_is_over_only_when_every_date_is_and_says_of_each_why(world: World) -> None:
    rows = [(f"2026-1{number}-01", f"m-{number}", "-") for number in (0, 1, 2)]
    world.publishes(START, ALPHA, GAMMA, *rows)
    world.acks("watch:all", at=START)
    later = [(f"2027-1{number}-01", f"m-{number}", "-") for number in (0, 1, 2)]
    world.publishes(START + DAY, ALPHA, ("2027-01-01", "gamma-1", "-"), *later)
    assert len(world.mutes(START + DAY)) == 1
    world.publishes(START + 2 * DAY, ("2027-09-01", "alpha-1", "-"), ("2027-01-01", "gamma-1", "-"), *later)
    [ended] = world.mutes(START + 2 * DAY, ended=True)
    assert ended.end_reason == (
        "acme/alpha-1: the date moved from 2026-09-01 to 2027-09-01; acme/gamma-1: the date moved from 2026-10-01 to 2027-01-01; "
        "acme/m-0: the date moved from 2026-10-01 to 2027-10-01; 2 more"
    )


def test_an_alert_that_is_for_two_watches_leaves_until_both_are_muted(world: World) -> None:
    both = (Watch("one", ("log",), models=("alpha-*",)), Watch("two", ("log",), models=("*-1",), owner="search"))
    world.tools = replace(world.tools, watches=both)
    world.publishes(START, ALPHA)
    world.deliver(START)
    assert world.reminds(START + 125 * DAY) == [60]
    assert world.acks("watch:one", at=START + 125 * DAY)[0].withheld == ()
    assert len(world.acks("owner:search", at=START + 125 * DAY)[0].withheld) == 1
