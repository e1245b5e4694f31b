from dataclasses import replace

from monitor.domain.claims import Claim
from monitor.domain.facts import AliasOf, InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold
from monitor.domain.policy.alerts import Background
from tests.alerts.cases import SEEN, claim, lifecycle, noon, on, reminder, rendered

NOW = noon("2026-12-15")


def key(name: str) -> ModelKey:
    return ModelKey("openai", name)


def ending(name: str, day: str, *replacements: str) -> Lifecycle:
    return lifecycle(claim(key(name), Retires(on(day)), "q"), *(claim(key(name), ReplacedBy(other), "q") for other in replacements))


def offered(name: str, **specs: str) -> Lifecycle:
    return lifecycle(claim(key(name), Listed(), "q"), *specified(name, **specs))


def specified(name: str, **specs: str) -> list[Claim]:
    return [claim(key(name), Spec(SpecName(spec), value), "q") for spec, value in specs.items()]


def facts(state: Lifecycle, *known: Lifecycle) -> list[str]:
    """What a reminder says of the replacements of *state*."""
    background = Background({(one.key.provider, fold(one.key.model)): one for one in known})
    lines = rendered(replace(reminder(state), background=background), NOW).body.splitlines()
    return [line for line in lines if line.startswith(("Replacement: ", "Price: ", "Size: "))]


GOING = ending("gpt-4.1-mini", "2027-01-14", "gpt-5-mini")


def test_a_replacement_that_stays_is_told_as_such() -> None:
    assert facts(GOING, offered("gpt-5-mini")) == ["Replacement: gpt-5-mini (no end announced)"]


def test_a_replacement_that_nobody_speaks_of_is_told_as_such() -> None:
    assert facts(GOING) == ["Replacement: gpt-5-mini (nothing is known of it here)"]


def test_a_replacement_that_ends_is_followed_along_the_chain() -> None:
    known = ending("gpt-5-mini", "2027-06-30", "GPT-6 mini"), ending("gpt-6-mini", "2028-01-31", "gpt-7-mini"), offered("gpt-7-mini")
    assert facts(GOING, *known) == [
        (
            "Replacement: gpt-5-mini (itself retires 2027-06-30, in 197 days; after it GPT-6 mini: retires 2028-01-31, in 412 days; "
            "after it gpt-7-mini: no end announced)"
        )
    ]


def test_a_circle_of_replacements_is_walked_once() -> None:
    known = ending("gpt-5-mini", "2027-06-30", "gpt-6-mini"), ending("gpt-6-mini", "2027-07-31", "gpt-5-mini", "gpt-4.1-mini")
    assert facts(GOING, *known) == [
        "Replacement: gpt-5-mini (itself retires 2027-06-30, in 197 days; after it gpt-6-mini: retires 2027-07-31, in 228 days)"
    ]


def test_a_replacement_that_is_gone_is_told_as_such() -> None:
    gone = lifecycle(claim(key("gpt-5-mini"), Listed(), "q", missing_since=SEEN, gone_at=SEEN))
    assert facts(GOING, gone) == ["Replacement: gpt-5-mini (it is gone already)"]
    assert facts(GOING, ending("gpt-5-mini", "2026-11-30")) == ["Replacement: gpt-5-mini (itself retired 2026-11-30, 15 days ago)"]


def test_a_promise_for_a_replacement_is_no_risk() -> None:
    promised = lifecycle(claim(key("gpt-5-mini"), Retires(on("2027-06-30", floor=True), promise=True), "q"))
    assert facts(GOING, promised) == ["Replacement: gpt-5-mini (retires not before 2027-06-30, in 197 days, a promise)"]


def test_an_end_without_a_date_is_a_risk() -> None:

    announced = lifecycle(claim(key("gpt-5-mini"), InStage(Stage.DEPRECATED), "q"), claim(key("gpt-5-mini"), NoRetirement(), "q"))
    assert facts(GOING, announced) == ["Replacement: gpt-5-mini (its end is announced, without a date)"]


def test_a_name_that_points_to_a_snapshot_ends_with_it() -> None:
    alias = lifecycle(claim(key("gpt-5-mini"), AliasOf("gpt-5-mini-2025-08-07"), "q"), claim(key("gpt-5-mini"), Listed(), "q"))
    assert facts(GOING, alias, ending("gpt-5-mini-2025-08-07", "2027-06-30")) == [
        "Replacement: gpt-5-mini (itself retires 2027-06-30, in 197 days)"
    ]


def test_of_many_replacements_three_are_told_and_the_rest_is_counted() -> None:
    state = ending("gpt-4.1-mini", "2027-01-14", "a", "b", "c", "d", "e")
    assert facts(state, offered("a"))[-2:] == ["Replacement: c (nothing is known of it here)", "Replacement: +2 more"]


def test_price_and_size_are_compared_where_both_are_known() -> None:
    now = lifecycle(
        *GOING.claims(), *specified("gpt-4.1-mini", context_window="1047576", max_output="32768", input_price="0.40", output_price="1.60")
    )
    new = offered("gpt-5-mini", context_window="400000", input_price="0.25", output_price="2.00")
    assert facts(now, new) == [
        "Replacement: gpt-5-mini (no end announced)",
        "Price: now $0.40 in, $1.60 out per million tokens; gpt-5-mini: $0.25 in, $2.00 out per million tokens",
        "Size: now 1,047,576 tokens of context, 32,768 tokens of output; gpt-5-mini: 400,000 tokens of context",
    ]
    assert facts(GOING, new)[1] == "Price: now unknown; gpt-5-mini: $0.25 in, $2.00 out per million tokens"
