from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.batches import MOST, batch_id, batches_of
from monitor.domain.policy.channels import LOG, ChannelNews, channel_alerts, channel_news, told_to
from monitor.domain.policy.routing import HealthSettings
from monitor.domain.policy.severity import Severity
from tests.alerts.cases import SEEN
from tests.jobs.outgoing import alert


def reminder(number: int) -> Alert:
    return Alert(f"remind:w:ops:{number}", AlertKind.REMINDER, "ops", "w", "", SEEN)


def digest(source: str) -> Alert:
    return Alert(f"digest:w:ops:{source}", AlertKind.DIGEST, "ops", "w", "", SEEN)


def test_nothing_due_is_no_message() -> None:
    assert batches_of([]) == ()


def test_a_message_per_source_reminders_together_each_first_reading_alone() -> None:
    news = [alert("ops", number, source="azure") for number in range(3)]
    other = alert("ops", 9, source="openai")
    reminders = [reminder(number) for number in range(2)]
    found = batches_of([*reminders, other, digest("one"), digest("two"), *news])
    assert set(map(frozenset, found)) == set(map(frozenset, [news, [other], reminders, [digest("one")], [digest("two")]]))
    assert found[0] == tuple(news)  # the largest of equal urgency


def test_a_critical_alert_is_never_among_others_and_goes_first() -> None:
    calm = [alert("ops", number, source="azure") for number in range(9)]
    critical = alert("ops", 10, source="azure", severity=Severity.CRITICAL)
    warning = alert("ops", 11, source="openai", severity=Severity.WARNING)
    assert batches_of([*calm, warning, critical]) == ((critical,), (warning,), tuple(calm))


def test_what_was_put_off_to_the_same_day_is_one_message_whatever_its_sources() -> None:
    later = [replace(one, due_at=SEEN + timedelta(days=3)) for one in (*(alert("ops", number) for number in range(5)), reminder(1))]
    assert batches_of([*later, alert("ops", 7)]) == (tuple(later), (alert("ops", 7),))


severities = st.sampled_from(list(Severity))


@given(
    st.lists(st.tuples(st.integers(0, 999), st.integers(0, 30), severities), unique_by=lambda one: one[0], max_size=200),
    st.permutations(range(200)),
)
def test_every_alert_is_in_one_message_of_at_most_ten_whatever_their_order(
    alerts: list[tuple[int, int, Severity]], order: list[int]
) -> None:
    given = [alert("ops", number, f"page_{source}", severity) for number, source, severity in alerts]
    found = batches_of(given)
    assert len(found) <= MOST
    assert sorted(one.idempotency_key for batch in found for one in batch) == sorted(one.idempotency_key for one in given)
    assert batches_of(given[place] for place in order if place < len(given)) == found
    urgency = [max(list(Severity).index(one.severity) for one in batch) for batch in found]
    assert urgency == sorted(urgency, reverse=True)


def test_an_id_is_that_of_the_one_alert_or_of_all_in_any_order() -> None:
    one, two = alert("ops", 1), alert("ops", 2)
    assert batch_id([one]) == one.visible_id
    assert batch_id([one, two]) == batch_id([two, one]) not in {one.visible_id, two.visible_id}


@pytest.mark.parametrize("name", ["ops", "a:b", "c%d_e", "日本"])
def test_all_that_is_told_of_a_channel_can_be_read_from_the_key(name: str) -> None:
    broken = ChannelNews(name, broken=True, reason="HTTP 404 (no: service)", refused="MW-12345678")
    [told] = channel_alerts(broken, ["other:one"], "us", SEEN)
    assert channel_news(told.idempotency_key) == broken
    assert (told.channel, told.kind, told.severity, told.owner) == ("other:one", AlertKind.CHANNEL, Severity.CRITICAL, "us")
    [again] = channel_alerts(ChannelNews(name, broken=False), [LOG], "", SEEN)
    assert (channel_news(again.idempotency_key), again.severity) == (ChannelNews(name, broken=False), Severity.INFO)


@pytest.mark.parametrize(
    ("broken", "wanted", "configured", "told"),
    [
        ((), (), ("ops", "mail", "log"), ("mail",)),
        ((), ("chat", "ops"), ("ops", "mail", "chat", "log"), ("chat",)),
        (("chat",), ("chat",), ("ops", "mail", "chat", "log"), ("mail",)),
        (("ops", "mail"), (), ("ops", "mail", "log"), ("log",)),
        ((), (), ("ops", "log"), ("log",)),
        ((), ("ops",), ("ops", "log"), ("log",)),
    ],
)
def test_the_word_about_ops_goes_where_it_can_be_heard(
    broken: tuple[str, ...], wanted: tuple[str, ...], configured: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert told_to("ops", broken, HealthSettings(wanted), configured) == told
