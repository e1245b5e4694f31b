# ruff: noqa: E501 - messages stand here as they leave
import re
from dataclasses import replace

import pytest

from monitor.alerts.batches import render_batch
from monitor.alerts.inert import cost
from monitor.alerts.layouts.slack import slack
from monitor.alerts.messages import render
from monitor.alerts.plain import BODY_LIMIT
from monitor.domain.events import EventKind
from monitor.domain.facts import Retires
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.channels import ChannelNews, channel_alerts
from monitor.domain.policy.severity import Severity
from tests.alerts.cases import SEEN, digest, event, news, noon, on, reminder, retiring

NOW = noon("2026-10-01")
NANO = ModelKey("openai", "gpt-4.1-nano")
HAIKU = ModelKey("anthropic", "claude-3-haiku-20240307")


def named(alert: Alert, key: str, severity: Severity) -> Alert:
    return replace(alert, idempotency_key=key, severity=severity)


def week() -> list[Alert]:
    """What a week can bring, each kind of section once and more."""
    moved = retiring(HAIKU, Retires(on("2026-12-20")), "Retired December 20, 2026", "claude-haiku-4-5")
    soon, later = retiring(NANO, Retires(on("2026-10-07")), "gpt-4.1-nano | 2026-10-07"), ModelKey("azure", "gpt-4o")
    new = retiring(ModelKey("gemini", "gemini-2.0-flash"), Retires(on("2026-12-01", floor=True)), "December 1, 2026")
    return [
        named(
            news(
                event(EventKind.RETIREMENT_MOVED, HAIKU, fact="retires", before="2026-11-20", after="2026-12-20", direction="postponed"),
                event(EventKind.REPLACEMENT_NAMED, HAIKU, fact="replaced_by", after="claude-haiku-4-5"),
                state=moved,
            ),
            "moved",
            Severity.WARNING,
        ),
        named(reminder(moved), "moved too", Severity.INFO),
        named(reminder(soon), "soon", Severity.CRITICAL),
        named(reminder(retiring(later, Retires(on("2026-12-31")), "gpt-4o: December 31")), "later", Severity.INFO),
        named(
            news(event(EventKind.RETIREMENT_SCHEDULED, new.key, fact="retires", after="not_before:2026-12-01"), state=new),
            "new",
            Severity.WARNING,
        ),
        named(
            news(event(EventKind.DISPUTE_OPENED, ModelKey("xai", "grok-3"), fact="retires", before="2027-01-01", after="2027-02-01")),
            "dispute",
            Severity.WARNING,
        ),
        named(
            news(
                event(
                    EventKind.SOURCE_STALE,
                    ModelKey("groq", "groq_models"),
                    source="groq_models",
                    quote="groq_models: HTTP 503",
                    url="",
                    page="",
                )
            ),
            "stale",
            Severity.WARNING,
        ),
        named(
            news(event(EventKind.PRICE_CHANGED, ModelKey("groq", "llama"), fact="input_price", before="1", after="2")),
            "price",
            Severity.INFO,
        ),
        named(
            news(event(EventKind.MODEL_RETIRED, ModelKey("cohere", "command"), fact="retires", after="2026-09-30")),
            "gone",
            Severity.CRITICAL,
        ),
    ]


def test_a_week_is_told_by_what_happened_each_model_once_and_the_most_urgent_with_its_evidence() -> None:
    message = render_batch(week(), "MW-0BA7C400", NOW)
    assert message.title == "9 alerts (2 sources): 2 critical, 4 warnings, 3 for information"
    assert message.severity is Severity.CRITICAL
    ids = {alert.idempotency_key: alert.visible_id for alert in week()}
    assert (
        message.body
        == f"""\
9 alerts about 7 models: 1 retired or gone, 1 moved or cancelled, 1 newly announced, 2 coming close, 1 disputed, 1 changed otherwise, 1 about sources and channels.

From: a_page (8), groq_models (1)

Most urgent
- command on Cohere API: retired ({ids["gone"]})
  “as the page says” https://example.com/deprecations (source a_page, page 0123456789ab)
- gpt-4.1-nano on OpenAI API: retires 2026-10-07, in 6 days ({ids["soon"]})
  “gpt-4.1-nano | 2026-10-07” https://example.com/deprecations (source a_page, page 0123456789ab)
- claude-3-haiku-20240307 on Anthropic API: retirement postponed by 30 days, now 2026-12-20 (in 80 days); +1 more change ({ids["moved"]}, {ids["moved too"]})
  “as the page says” https://example.com/deprecations (source a_page, page 0123456789ab)
- gemini-2.0-flash on Gemini API: retires as early as 2026-12-01 (in 61 days) ({ids["new"]})
  “as the page says” https://example.com/deprecations (source a_page, page 0123456789ab)
- grok-3 on xAI API: sources disagree on the retirement date: 2027-01-01 or 2027-02-01 ({ids["dispute"]})
  “as the page says” https://example.com/deprecations (source a_page, page 0123456789ab)

Coming close (1)
- gpt-4o on Azure: retires 2026-12-31, in 91 days ({ids["later"]})
  “gpt-4o: December 31” https://example.com/deprecations (source a_page, page 0123456789ab)

Other changes (1)
- llama on Groq: input price now $2 per million tokens ({ids["price"]})
  “as the page says” https://example.com/deprecations (source a_page, page 0123456789ab)

Sources and channels (1)
- Source groq_models: not read in full for too long: HTTP 503 ({ids["stale"]})

Owners: platform
Message: MW-0BA7C400
All of them: modelwatch alerts show MW-0BA7C400
Seen it: modelwatch ack MW-0BA7C400 --reason WHY
Not now: modelwatch snooze MW-0BA7C400 --for 14d --reason WHY"""
    )


def many(count: int) -> list[Alert]:
    states = [
        retiring(ModelKey("openai", f"gpt-{number}"), Retires(on("2026-12-14")), f"gpt-{number} shuts down") for number in range(count)
    ]
    return [
        named(
            news(event(EventKind.RETIREMENT_SCHEDULED, state.key, fact="retires", after="2026-12-14"), state=state),
            f"{number}",
            Severity.WARNING,
        )
        for number, state in enumerate(states)
    ]


@pytest.mark.parametrize("count", [2, 7, 50, 500])
def test_what_does_not_fit_is_counted_exactly(count: int) -> None:
    message = render_batch(many(count), "MW-0BA7C400", NOW)
    assert cost(message.body) <= BODY_LIMIT
    assert message.title == f"{count} alerts (a_page): {count} warnings"
    shown = len(set(re.findall(r"\((MW-[0-9A-F]{8})\)", message.body)))
    (rest,) = re.findall(r"^\+(\d+) more: modelwatch alerts list$", message.body, re.MULTILINE) or ["0"]
    assert shown + int(rest) == count
    assert message.body.count("“as the page says” https://example.com/deprecations") >= min(count, 5)
    assert len(message.data["alerts"]) == min(count, 100)  # type: ignore[arg-type] # a list
    assert message.data["total"] == count


@pytest.mark.parametrize("count", [2, 7, 50, 500])
def test_slack_is_told_the_same_within_its_limits(count: int) -> None:
    blocks = slack(render_batch(many(count), "MW-0BA7C400", NOW), "#fff")["blocks"]
    objects = [
        text
        for block in blocks
        for text in ([block["text"]] if "text" in block else []) + block.get("fields", []) + block.get("elements", [])
    ]
    told = "\n".join(text["text"] for text in objects)
    shown = len(set(re.findall(r"\((MW-[0-9A-F]{8})\)", told)))
    (rest,) = re.findall(r"^\+(\d+) more: modelwatch alerts list$", told, re.MULTILINE) or ["0"]
    assert (len(blocks) <= 50, len(told) <= 2900, shown + int(rest)) == (True, True, count)


def test_one_alert_is_its_own_message() -> None:
    assert render_batch(many(1), "MW-0BA7C400", NOW) == render(many(1)[0], NOW)


def test_the_dates_of_a_first_reading_stand_among_the_others() -> None:
    states = [retiring(ModelKey("openai", f"gpt-{number}"), Retires(on(f"2026-12-{number}")), "q") for number in (14, 15)]
    body = render_batch([digest(*states), *many(1)], "MW-0BA7C400", NOW).body
    assert body.startswith("2 alerts about 3 models: 1 newly announced, 2 coming close.\n")
    assert "- gpt-14 on OpenAI API: retires 2026-12-14 (in 74 days) (MW-6ADA5119)\n  “q” https://example.com/deprecations" in body


def test_alerts_whose_dates_were_taken_back_are_counted_and_say_so() -> None:
    body = render_batch(
        [replace(reminder(retiring(NANO, Retires(on("2026-10-07")), "q")), lifecycles=()), digest()], "MW-0BA7C400", NOW
    ).body
    assert "- a reminder whose date was taken back before it could be sent (MW-" in body
    assert "- a first reading with no date ahead any more (MW-" in body


def test_channels_stand_with_the_sources() -> None:
    (broken,) = channel_alerts(ChannelNews("chat", broken=True, reason="HTTP 404 (no_service)", refused="MW-00000001"), ["ops"], "", SEEN)
    (works,) = channel_alerts(ChannelNews("pager", broken=False), ["ops"], "", SEEN)
    body = render_batch([broken, works], "MW-0BA7C400", NOW).body
    assert "- Channel chat takes no messages: HTTP 404 (no_service) (MW-" in body
    assert "- Channel pager works again (MW-" in body
