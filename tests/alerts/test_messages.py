# ruff: noqa: E501 - messages stand here as they leave
from datetime import UTC, date, datetime

import pytest

from monitor.alerts.inert import cost
from monitor.alerts.layout import BODY_LIMIT
from monitor.alerts.messages import TITLE_LIMIT, Message, render
from monitor.domain.claims import Authority, Origin
from monitor.domain.events import ABOUT_SOURCES, EventKind
from monitor.domain.facts import Deprecated, InStage, NoRetirement, Redirects, Retires, Stage
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.domain.when import Bound, Precision, When
from tests.alerts.cases import CHATGPT, SEEN, URL, claim, digest, event, lifecycle, news, noon, on, reminder, retiring, sunset

AZURE = ModelKey("azure", "gpt-4.1-mini", scope_of({"region": ["westus", "eastus"], "tier": "standard"}))
HAIKU = ModelKey("anthropic", "claude-3-haiku-20240307")


def test_a_reminder_of_the_chatgpt_sunset_says_everything_and_keeps_the_api_out_of_it() -> None:
    assert render(reminder(sunset()), noon("2026-01-14")) == Message(
        "GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13, in 30 days (second-hand)",
        """\
Second-hand, not the provider's own word: Reminder: ChatGPT (the app) retires GPT-4.1 mini in 30 days, on 2026-02-13; then it can no longer be chosen there.

Model: GPT-4.1 mini
Where: ChatGPT (the app)
When: retires 2026-02-13 (in 30 days)
Replacement: GPT-5 mini
Known since: 2026-01-10
Said by: second-hand: mindstudio_models passes on what others say; the provider's own word is not known
Note: This is about ChatGPT, the app. The model in the OpenAI API is a different surface with dates of its own and is not affected by this date.

“According to community reports, OpenAI announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026.”
https://example.com/deprecations (source mindstudio_models, page 0123456789ab)

Owner: platform
Alert: MW-06FBD149""",
        Severity.WARNING,
    )


def test_news_of_a_moved_date_shows_both_dates_all_that_happened_and_each_quote_once() -> None:
    state = retiring(HAIKU, Retires(on("2026-04-20")), "Retired April 20, 2026", "claude-haiku-4-5")
    alert = news(
        event(EventKind.REPLACEMENT_NAMED, HAIKU, fact="replaced_by", after="claude-haiku-4-5", quote="Retired April 20, 2026"),
        event(
            EventKind.RETIREMENT_MOVED,
            HAIKU,
            fact="retires",
            before="2026-04-19",
            after="2026-04-20",
            direction="postponed",
            quote="Retired April 20, 2026",
        ),
        state=state,
    )
    assert render(alert, noon("2026-03-01")) == Message(
        "claude-3-haiku-20240307 on Anthropic API: retirement postponed by 1 day, now 2026-04-20",
        """\
The retirement of claude-3-haiku-20240307 on Anthropic API was postponed by 1 day: before 2026-04-19, now 2026-04-20 (in 50 days).
Recommended replacement for claude-3-haiku-20240307 on Anthropic API: claude-haiku-4-5.

Model: claude-3-haiku-20240307
Where: Anthropic API
When: retires 2026-04-20 (in 50 days)
Replacement: claude-haiku-4-5
Known since: 2026-01-10
Said by: the provider's own page (a_page)

“Retired April 20, 2026”
https://example.com/deprecations (source a_page, page 0123456789ab)

Alert: MW-9A141D40""",
        Severity.WARNING,
    )


def test_news_of_a_source_gives_the_reason_and_the_last_good_reading() -> None:
    about = ModelKey("openai", "openai_models")
    alert = news(
        event(
            EventKind.SOURCE_DRIFTED,
            about,
            before="good",
            after="drifting",
            source="openai_models",
            quote="no table found",
            url="",
            page="",
        )
    )
    assert render(alert, noon("2026-01-11")) == Message(
        "Source openai_models: its page no longer fits",
        """\
The page of source openai_models no longer fits its reader. Nothing was withdrawn; news on it may be missed.

Source: openai_models
Speaks of: OpenAI API
Health: drifting (before: good)
Seen: 2026-01-10 09:30 UTC

“no table found”
source openai_models

Alert: MW-D78F0FE6""",
        Severity.WARNING,
    )


def test_a_digest_lists_the_dates_ahead_nearest_first_with_their_evidence() -> None:
    states = (retiring(AZURE, Retires(on("2026-10-14", floor=True)), "No earlier than October 14", "gpt-5"), sunset())
    assert render(digest(*states), noon("2026-02-12")) == Message(
        "2 model ends ahead (a_page), the nearest tomorrow",
        """\
First full reading of a_page. 2 model ends ahead, the nearest first; from now on you are told of changes and reminded in time.

- GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13 (tomorrow); use GPT-5 mini; second-hand
  “According to community reports, OpenAI announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026.” \
https://example.com/deprecations (source mindstudio_models, page 0123456789ab)
- gpt-4.1-mini on Azure (region: eastus, westus; tier: standard): retires as early as 2026-10-14 (in 244 days); use gpt-5
  “No earlier than October 14” https://example.com/deprecations (source a_page, page 0123456789ab)

This is about ChatGPT, the app. The model in the OpenAI API is a different surface with dates of its own and is not affected by this date.
Alert: MW-6ADA5119""",
        Severity.CRITICAL,
    )


@pytest.mark.parametrize(
    ("fact", "today", "first", "when", "severity"),
    [
        (
            Retires(on("2026-10-14")),
            "2026-07-16",
            "Reminder: Azure retires gpt-4.1-mini in 90 days, on 2026-10-14; then requests for it are no longer answered.",
            "retires 2026-10-14 (in 90 days)",
            Severity.INFO,
        ),
        (
            Retires(on("2026-10-14")),
            "2026-10-13",
            "Reminder: Azure retires gpt-4.1-mini tomorrow, on 2026-10-14; then requests for it are no longer answered.",
            "retires 2026-10-14 (tomorrow)",
            Severity.CRITICAL,
        ),
        (
            Retires(on("2026-10-14")),
            "2026-10-14",
            "Reminder: Azure retires gpt-4.1-mini today, on 2026-10-14; then requests for it are no longer answered.",
            "retires 2026-10-14 (today)",
            Severity.CRITICAL,
        ),
        (
            Retires(on("2026-10-14")),
            "2026-10-17",
            "A reminder that comes late: Azure retired gpt-4.1-mini 3 days ago, on 2026-10-14.",
            "retired 2026-10-14 (3 days ago)",
            Severity.CRITICAL,
        ),
        (
            Retires(on("2026-10-14", floor=True), promise=True),
            "2026-09-14",
            "Reminder: Azure promised to retire gpt-4.1-mini not before 2026-10-14. That ends in 30 days; no retirement is announced.",
            "retires not before 2026-10-14 (in 30 days); that is a promise, no retirement date",
            Severity.INFO,
        ),
        (
            Retires(on("2026-10-14", floor=True)),
            "2026-09-14",
            "Reminder: Azure may shut gpt-4.1-mini down as early as 2026-10-14, which is in 30 days.",
            "retires as early as 2026-10-14 (in 30 days)",
            Severity.WARNING,
        ),
        (
            Retires(on("2026-10-14", floor=True)),
            "2026-10-15",
            "Reminder: Azure may shut gpt-4.1-mini down as early as 2026-10-14, which is yesterday.",
            "retires as early as 2026-10-14 (yesterday); overdue, without word of the end",
            Severity.CRITICAL,
        ),
        (
            Redirects(on("2026-10-14")),
            "2026-09-14",
            "Reminder: in 30 days, on 2026-10-14, another model starts to answer requests for gpt-4.1-mini on Azure.",
            "another model answers from 2026-10-14 (in 30 days)",
            Severity.WARNING,
        ),
        (
            Retires(When(on("2026-10-01").starts_on, Precision.MONTH)),
            "2026-09-14",
            "Reminder: Azure retires gpt-4.1-mini in 17 days at the earliest, in October 2026; then requests for it are no longer answered.",
            "retires October 2026 (in 17 days at the earliest)",
            Severity.WARNING,
        ),
        (
            Retires(When(on("2026-10-01").starts_on, Precision.QUARTER)),
            "2026-09-14",
            "Reminder: Azure retires gpt-4.1-mini in 17 days at the earliest, in the fourth quarter of 2026; then requests for it are no longer answered.",
            "retires the fourth quarter of 2026 (in 17 days at the earliest)",
            Severity.WARNING,
        ),
        (
            Retires(When(on("2026-10-14").starts_on, at=datetime(2026, 10, 14, 19, tzinfo=UTC))),
            "2026-09-14",
            "Reminder: Azure retires gpt-4.1-mini in 30 days, on 2026-10-14 19:00 UTC; then requests for it are no longer answered.",
            "retires 2026-10-14 19:00 UTC (in 30 days)",
            Severity.WARNING,
        ),
    ],
)
def test_a_reminder_words_each_kind_of_date_as_of_the_day_it_is_sent(
    fact: Retires | Redirects,
    today: str,
    first: str,
    when: str,
    severity: Severity,
) -> None:
    message = render(reminder(retiring(AZURE, fact, "a quote")), noon(today))
    lines = message.body.splitlines()
    assert (lines[0], next(line for line in lines if line.startswith("When: ")), message.severity) == (first, f"When: {when}", severity)


def test_a_date_that_the_page_no_longer_shows_is_marked_so() -> None:
    state = lifecycle(claim(AZURE, Retires(on("2026-10-14")), "q", missing_since=SEEN, gone_at=SEEN))
    assert "When: retires 2026-10-14 (in 30 days); the page no longer shows this date\n" in render(reminder(state), noon("2026-09-14")).body


def test_a_disputed_date_names_what_the_others_say() -> None:
    state = lifecycle(
        claim(AZURE, Retires(on("2026-10-14")), "q", source="one"),
        claim(AZURE, Retires(on("2026-11-14")), "q", source="two"),
        claim(AZURE, NoRetirement(), "q", source="three"),
    )
    assert (
        "When: retires 2026-10-14 (in 30 days); sources disagree: 2026-11-14, no date\n" in render(reminder(state), noon("2026-09-14")).body
    )


def test_a_redirect_before_the_retirement_shows_both() -> None:
    state = lifecycle(claim(AZURE, Redirects(on("2026-10-14")), "q"), claim(AZURE, Retires(on("2026-12-01")), "q"))
    assert (
        "When: another model answers from 2026-10-14 (in 30 days); retires 2026-12-01\n" in render(reminder(state), noon("2026-09-14")).body
    )


def test_a_date_inferred_from_a_family_says_so() -> None:
    state = lifecycle(claim(AZURE, Retires(on("2026-10-14")), "q", inferred_from="gpt-4o-audio"))
    assert "Inferred: the page names the family gpt-4o-audio\n" in render(reminder(state), noon("2026-09-14")).body


def test_a_promise_is_news_without_alarm() -> None:
    state = retiring(HAIKU, Retires(on("2026-10-15", floor=True), promise=True), "Not sooner than October 15, 2026")
    message = render(
        news(event(EventKind.RETIREMENT_SCHEDULED, HAIKU, fact="retires", after="not_before:2026-10-15"), state=state), noon("2026-10-10")
    )
    assert (message.title, message.body.splitlines()[0], message.severity) == (
        "claude-3-haiku-20240307 on Anthropic API: retires not before 2026-10-15",
        "Anthropic API says it will retire claude-3-haiku-20240307 not before 2026-10-15 (in 5 days); that is a promise, no retirement date.",
        Severity.INFO,
    )


def test_a_deprecation_without_a_date_says_that_none_is_announced() -> None:
    state = lifecycle(claim(HAIKU, Deprecated(on("2026-01-05")), "q"), claim(HAIKU, InStage(Stage.DEPRECATED), "q"))
    message = render(
        news(event(EventKind.DEPRECATION_ANNOUNCED, HAIKU, fact="deprecated", after="2026-01-05"), state=state), noon("2026-01-10")
    )
    assert message.body.startswith("Anthropic API has announced that claude-3-haiku-20240307 will end (deprecated on 2026-01-05).")
    assert "When: no date announced\n" in message.body


def test_the_word_of_a_report_is_called_second_hand_also_once_another_is_believed() -> None:
    own, other = claim(CHATGPT, Retires(on("2026-02-14")), "q"), sunset().claim("retires")
    assert other
    told = event(EventKind.RETIREMENT_SCHEDULED, fact="retires", after="2026-02-13", source=other.source)
    message = render(news(told, state=lifecycle(own, other)), noon("2026-01-10"))
    assert message.title == "GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13 (second-hand)"
    assert message.body.startswith(
        "Second-hand, not the provider's own word: ChatGPT (the app) will retire GPT-4.1 mini on 2026-02-13 (in 34 days).\n"
    )


SENTENCES = {
    EventKind.MODEL_LISTED: ("listed", "", "", "ChatGPT (the app) now offers GPT-4.1 mini."),
    EventKind.MODEL_DELISTED: (
        "listed",
        "",
        "",
        "ChatGPT (the app) no longer lists GPT-4.1 mini: it was missing from two full readings in a row.",
    ),
    EventKind.ALIAS_MOVED: ("alias_of", "a-1", "a-2", "On ChatGPT (the app) the name GPT-4.1 mini now stands for a-2; before: a-1."),
    EventKind.DEPRECATION_ANNOUNCED: (
        "stage",
        "",
        "",
        "ChatGPT (the app) has announced that GPT-4.1 mini will end. New work should not start with it.",
    ),
    EventKind.RETIREMENT_SCHEDULED: ("retires", "", "2026-02-13", "ChatGPT (the app) will retire GPT-4.1 mini on 2026-02-13 (in 34 days)."),
    EventKind.RETIREMENT_MOVED: (
        "retires",
        "2026-02-13",
        "not_before:2026-02-11",
        "The retirement of GPT-4.1 mini on ChatGPT (the app) was brought forward by 2 days: before 2026-02-13, now as early as 2026-02-11 (in 32 days).",
    ),
    EventKind.RETIREMENT_REFINED: (
        "retires",
        "2026-02",
        "2026-02-13",
        "ChatGPT (the app) words the retirement of GPT-4.1 mini differently: before February 2026, now 2026-02-13 (in 34 days); not moved.",
    ),
    EventKind.RETIREMENT_CANCELLED: (
        "retires",
        "2026-02-13",
        "",
        "All clear: ChatGPT (the app) no longer names a retirement date for GPT-4.1 mini (before: 2026-02-13).",
    ),
    EventKind.RETIREMENT_UNCONFIRMED: (
        "retires",
        "2026-02-13",
        "2026-02-13",
        "The page no longer shows that GPT-4.1 mini retires on ChatGPT (the app) on 2026-02-13 (in 34 days). Nobody withdrew it.",
    ),
    EventKind.REDIRECT_SCHEDULED: (
        "redirects",
        "2026-02-12",
        "2026-02-13",
        "From 2026-02-13 (in 34 days), another model answers requests for GPT-4.1 mini on ChatGPT (the app); before: 2026-02-12.",
    ),
    EventKind.REPLACEMENT_NAMED: ("replaced_by", "", "a;b", "Recommended replacement for GPT-4.1 mini on ChatGPT (the app): a, b."),
    EventKind.REPLACEMENT_CHANGED: (
        "replaced_by",
        "a",
        "b",
        "The replacement recommended for GPT-4.1 mini on ChatGPT (the app) changed: before a, now b.",
    ),
    EventKind.SPEC_CHANGED: (
        "context_window",
        "1000000",
        "1047576",
        "The context window of GPT-4.1 mini on ChatGPT (the app) changed: before 1,000,000 tokens, now 1,047,576 tokens.",
    ),
    EventKind.PRICE_CHANGED: (
        "input_price",
        "0.40",
        "0.80",
        "The input price of GPT-4.1 mini on ChatGPT (the app) changed: before $0.40 per million tokens, now $0.80 per million tokens.",
    ),
    EventKind.DISPUTE_OPENED: (
        "max_output",
        "16384",
        "32768",
        "Sources disagree on the max output of GPT-4.1 mini on ChatGPT (the app): 16,384 tokens, or 32,768 tokens (believed meanwhile).",
    ),
    EventKind.DISPUTE_CLOSED: (
        "max_output",
        "",
        "32768",
        "The sources agree again on the max output of GPT-4.1 mini on ChatGPT (the app): 32,768 tokens.",
    ),
    EventKind.CLAIM_CORRECTED: (
        "input_price",
        "",
        "0.80",
        "We had misread the input price of GPT-4.1 mini on ChatGPT (the app): not unknown but $0.80 per million tokens. The provider changed nothing.",
    ),
    EventKind.MODEL_RETIRED: (
        "retires",
        "",
        "2026-01-09",
        "GPT-4.1 mini is retired on ChatGPT (the app), as of 2026-01-09: it can no longer be chosen there.",
    ),
    EventKind.GONE_EARLY: (
        "listed",
        "",
        "2026-02-13",
        "GPT-4.1 mini is gone from ChatGPT (the app) already, before the announced date (2026-02-13).",
    ),
    EventKind.OUTLIVED_RETIREMENT: (
        "listed",
        "",
        "2026-01-08",
        "GPT-4.1 mini is still offered on ChatGPT (the app) a day after its retirement date (2026-01-08).",
    ),
    EventKind.REPLACEMENT_AT_RISK: (
        "replaced_by",
        "gpt-5",
        "gpt-5:not_before:2026-02-13",
        "The replacement recommended for GPT-4.1 mini on ChatGPT (the app), gpt-5, is itself announced to end as early as 2026-02-13.",
    ),
}


def test_a_chain_of_replacements_that_end_is_told_as_far_as_it_goes() -> None:
    chain = event(EventKind.REPLACEMENT_AT_RISK, fact="replaced_by", before="gpt-5", after="gpt-5:2026-02-13;gpt-6:2027-01")
    assert (
        "gpt-5, is itself announced to end on 2026-02-13, and so is what would follow it: gpt-6:2027-01."
        in render(news(chain), noon("2026-01-10")).body
    )


@pytest.mark.parametrize("kind", sorted(frozenset(EventKind) - ABOUT_SOURCES))
def test_every_kind_of_event_has_its_sentence_and_says_where_it_stands(kind: EventKind) -> None:
    fact, before, after, expected = SENTENCES[kind]
    direction = "brought_forward" if kind is EventKind.RETIREMENT_MOVED else ""
    body = render(news(event(kind, fact=fact, before=before, after=after, direction=direction)), noon("2026-01-10")).body
    assert body.splitlines()[0] == expected
    assert body.count("“as the page says”\nhttps://example.com/deprecations (source a_page, page 0123456789ab)") == 1


@pytest.mark.parametrize("kind", sorted(ABOUT_SOURCES))
def test_every_event_about_a_source_has_words(kind: EventKind) -> None:
    message = render(news(event(kind, ModelKey("openai", "openai_models"), after="x")), noon("2026-01-10"))
    assert message.title.startswith("Source openai_models: ")
    assert URL in message.body


def test_the_same_day_with_another_bound_is_no_move_of_days() -> None:
    told = event(
        EventKind.RETIREMENT_MOVED, fact="retires", before="2026-02-13", after="not_before:2026-02-13", direction="brought_forward"
    )
    assert "was put differently: before 2026-02-13, now as early as 2026-02-13" in render(news(told), noon("2026-01-10")).body


@pytest.mark.parametrize("empty", [lifecycle(claim(AZURE, NoRetirement(), "q")), None])
def test_a_reminder_or_digest_whose_dates_were_taken_back_says_so(empty: object) -> None:
    states = (empty,) if empty else ()
    for kind in (AlertKind.REMINDER, AlertKind.DIGEST):
        alert = Alert("key:source", kind, "ops", "w", "", SEEN, (), states)  # type: ignore[arg-type] # one lifecycle or none
        assert "was taken back before it could be sent.\n\nAlert: MW-" in render(alert, noon("2026-01-10")).body


HOSTILE = "&" * 5000 + "<!channel>\x00\u202e" + "é" * 5000


def test_no_message_is_longer_than_its_limits_however_much_there_is_to_say() -> None:
    key = ModelKey(HOSTILE, HOSTILE, scope_of({HOSTILE: [HOSTILE, "x"]}))
    state = lifecycle(
        *(
            claim(key, Retires(on(f"2026-10-{day:02}")), HOSTILE, source=f"{HOSTILE}{day}", url=f"https://x/{HOSTILE}", page=HOSTILE)
            for day in range(1, 9)
        ),
        *retiring(key, Redirects(on("2026-09-01")), HOSTILE, *(HOSTILE + str(number) for number in range(9))).claims(),
    )
    events = [
        event(kind, key, before=HOSTILE, after=HOSTILE, quote=HOSTILE + kind, url=f"https://x/{kind}/{HOSTILE}") for kind in EventKind
    ]
    alerts = [reminder(state), digest(*[state] * 60), news(*events, state=state), *(news(one, state=state) for one in events)]
    for message in [render(alert, noon("2026-08-01")) for alert in alerts]:
        assert cost(message.body) <= BODY_LIMIT
        assert len(message.title) <= TITLE_LIMIT
        assert "\nAlert: MW-" in message.body
        assert "https://" in message.body


def test_what_does_not_fit_a_digest_is_counted_exactly() -> None:
    states = [retiring(ModelKey("openai", f"gpt-{number}"), Retires(on("2026-10-14")), "a quote") for number in range(500)]
    body = render(digest(*states), noon("2026-08-01")).body
    shown = body.count("\n- gpt-")
    assert shown > 10
    assert f"\n+{500 - shown} more: modelwatch upcoming\n" in body


def test_what_does_not_fit_the_news_is_counted_exactly() -> None:
    events = [
        event(EventKind.SPEC_CHANGED, fact="context_window", before=str(number), after=str(number + 1), quote=f"{number} " * 99)
        for number in range(60)
    ]
    lines = render(news(*events), noon("2026-08-01")).body.splitlines()
    shown = sum(line.startswith("The context window") for line in lines)
    assert f"+{60 - shown} more changes" in lines
    quotes = sum(line.startswith("“") for line in lines)
    assert f"+{60 - quotes} more quotes" in lines


def test_an_aggregator_and_an_operator_are_named_as_such() -> None:
    for authority, words in (
        (Authority.AGGREGATOR, "a_page, a collection kept by somebody else than the provider"),
        (Authority.OPERATOR, "an operator of this modelwatch (a_page)"),
    ):
        state = lifecycle(claim(AZURE, Retires(When(on("2026-01-01").starts_on, Precision.YEAR, Bound.EXACT)), "q", authority=authority))
        assert f"Said by: {words}\n" in render(reminder(state), noon("2025-12-01")).body


def test_a_word_that_no_visit_brought_says_who_handed_it_in_or_how_old_it_is() -> None:
    operator, bundled = Origin("Ann @here", date(2026, 2, 1)), Origin(as_of=noon("2025-08-20"))
    words = [
        render(reminder(sunset(authority=authority, origin=origin)), SEEN).body
        for authority, origin in ((Authority.OPERATOR, operator), (Authority.PROVIDER, bundled))
    ]
    assert "Said by: an operator of this modelwatch (mindstudio_models), Ann \N{FULLWIDTH COMMERCIAL AT}here, until 2026-02-01" in words[0]
    assert "Said by: the provider's own page (mindstudio_models), as of 2025-08-20: no younger reading of it here" in words[1]


def test_a_record_that_no_longer_counts_is_no_misreading() -> None:
    gone = event(EventKind.CLAIM_CORRECTED, fact="retires", before="2026-02-13", after="2026-01-31", source="operator/chatgpt/GPT-4.1 mini")
    body = render(news(gone), SEEN).body
    assert body.startswith(
        "What was recorded here about the retirement date of GPT-4.1 mini on ChatGPT (the app) changed: before 2026-02-13, now"
    )
    assert "misread" not in body
