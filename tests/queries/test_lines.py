"""One line on every surface: who is joined, what an alias takes over, what disagrees."""

from datetime import timedelta

from monitor.domain.claims import Authority
from monitor.domain.facts import (
    AliasOf,
    Deprecated,
    InStage,
    Listed,
    NoRetirement,
    Redirects,
    Released,
    ReplacedBy,
    Retires,
    Spec,
    SpecName,
    Stage,
)
from monitor.domain.identity import scope_of
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import Watch
from monitor.queries.models import upcoming
from monitor.store import Database
from tests.queries.speakers import API, COLLECTION, NOW, OTHER_PAGE, PAGE, ROUTER, context, on, said, says, shown, view
from tests.store.words import Visitor

ALIAS, SNAPSHOT = "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"


def test_every_spelling_and_surface_of_a_model_is_one_line_the_makers_first(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Listed()), says(SNAPSHOT, Listed()), says("GPT-4.1 mini", Listed(), "chatgpt"))
    Visitor(database, ROUTER).hears(NOW, says("openai/gpt-4.1-mini", Listed(), "openrouter"))
    for name in (ALIAS, SNAPSHOT, "GPT-4.1 Mini", "openai/gpt-4.1-mini"):
        line = shown(database, name)
        assert line.line == "gpt-4.1-mini"
        assert [str(one.key) for one in line.keys] == [
            "openai/gpt-4.1-mini",
            "openai/gpt-4.1-mini-2025-04-14",
            "openrouter/openai/gpt-4.1-mini",
            "chatgpt/GPT-4.1 mini",
        ]


def test_another_surfaces_date_is_not_taken_over(database: Database) -> None:
    Visitor(database, COLLECTION).hears(NOW, says("GPT-4.1 Mini", Retires(on("2026-02-13")), "chatgpt", authority=Authority.REPORT))
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Listed()))
    api, chatgpt = view(database, "openai", ALIAS), view(database, "chatgpt", "GPT-4.1 Mini")
    assert (api.stage, api.ends, api.differences) == (Stage.ACTIVE, None, ())
    assert (chatgpt.stage, chatgpt.days_left) == (Stage.DEPRECATED, 34)
    assert [word.claim.authority for word in chatgpt.all("retires")] == [Authority.REPORT]


def test_an_alias_takes_over_the_end_of_its_snapshot(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW,
        says(ALIAS, AliasOf(SNAPSHOT)),
        says(ALIAS, Listed()),
        says(SNAPSHOT, Retires(on("2026-03-01"))),
        says(SNAPSHOT, Deprecated(on("2026-01-01"))),
        says(SNAPSHOT, ReplacedBy("gpt-5-mini")),
    )
    alias, snapshot = view(database, "openai", ALIAS), view(database, "openai", SNAPSHOT)
    assert said(alias, "retires") == [("2026-03-01", "openai_page", SNAPSHOT)]
    assert said(alias, "replaced_by") == [("gpt-5-mini", "openai_page", SNAPSHOT)]
    assert (alias.stage, alias.days_left, snapshot.aliases) == (Stage.DEPRECATED, 50, (ALIAS,))
    assert said(snapshot, "retires") == [("2026-03-01", "openai_page", "")]


def test_an_alias_with_a_date_of_its_own_keeps_it_and_the_snapshots_is_a_difference(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW, says(ALIAS, AliasOf(SNAPSHOT)), says(ALIAS, Retires(on("2026-02-01"))), says(SNAPSHOT, Retires(on("2026-03-01")))
    )
    alias = view(database, "openai", ALIAS)
    assert said(alias, "retires") == [("2026-02-01", "openai_page", "")]
    assert [word.value for word in alias.differences] == ["2026-03-01"]


def test_an_apis_empty_field_for_an_alias_does_not_hide_its_snapshots_date(database: Database) -> None:
    Visitor(database, API).hears(NOW, says(ALIAS, Listed()), says(ALIAS, NoRetirement()))
    Visitor(database, PAGE).hears(
        NOW, says(ALIAS, AliasOf(SNAPSHOT)), says(SNAPSHOT, Redirects(on("2026-02-01"))), says(SNAPSHOT, Retires(on("2026-03-01")))
    )
    alias = view(database, "openai", ALIAS)
    assert said(alias, "retires") == [("2026-03-01", "openai_page", SNAPSHOT)]
    assert alias.ends == on("2026-02-01")


def test_a_snapshot_outside_the_line_is_shown_with_the_name_that_points_to_it(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW, says("chatgpt-4o-latest", AliasOf("gpt-4o-2024-11-20")), says("gpt-4o-2024-11-20", Retires(on("2026-03-01")))
    )
    line = shown(database, "chatgpt-4o-latest")
    assert [one.key.model for one in line.keys] == ["chatgpt-4o-latest", "gpt-4o-2024-11-20"]
    assert said(line.keys[0], "retires") == [("2026-03-01", "openai_page", "gpt-4o-2024-11-20")]


def test_names_that_point_to_each_other_end(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW, says("gpt-a", AliasOf("gpt-b")), says("gpt-b", AliasOf("gpt-a")), says("gpt-b", InStage(Stage.LEGACY))
    )
    assert view(database, "openai", "gpt-a").stage is Stage.LEGACY
    assert view(database, "openai", "gpt-b").stage is Stage.LEGACY


def test_the_providers_word_on_a_property_counts_for_every_name_of_the_model_and_the_rest_are_differences(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, AliasOf(SNAPSHOT)), says(ALIAS, Listed()), says(ALIAS, context(1_047_576)))
    Visitor(database, COLLECTION).hears(NOW, says(SNAPSHOT, context(128_000)), says("GPT-4.1 mini", context(1_000_000)))
    for model, own in ((SNAPSHOT, "128000"), ("GPT-4.1 mini", "1000000")):
        found = view(database, "openai", model)
        assert said(found, "context_window") == [("1047576", "openai_page", ALIAS)]
        assert own in [word.value for word in found.differences if word.claim.key == found.key]
    alias = view(database, "openai", ALIAS)
    assert said(alias, "context_window") == [("1047576", "openai_page", "")]
    [(slot, words)] = shown(database, ALIAS).differences
    assert slot == "context_window"
    assert [(word.value, word.claim.authority.label) for word in words] == [
        ("1047576", "provider"),
        ("1000000", "aggregator"),
        ("128000", "aggregator"),
    ]


def test_a_spelling_takes_over_that_the_model_is_offered(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Listed()), says(ALIAS, InStage(Stage.LEGACY)))
    Visitor(database, COLLECTION).hears(NOW, says("GPT-4.1 mini", context(1)))
    found = view(database, "openai", "GPT-4.1 mini")
    assert (found.stage, found.listed) == (Stage.LEGACY, True)


def test_members_of_a_set_that_others_do_not_name_are_differences(database: Database) -> None:
    text, image, files = (Spec(SpecName.INPUT_MODALITY, value) for value in ("text", "image", "file"))
    Visitor(database, PAGE).hears(NOW, says(ALIAS, text), says(ALIAS, image))
    Visitor(database, ROUTER).hears(NOW, *(says("openai/gpt-4.1-mini", fact, "openrouter") for fact in (text, files)))
    assert [word.value for word in view(database, "openai", ALIAS).differences] == ["file"]
    assert [word.value for word in view(database, "openrouter", "openai/gpt-4.1-mini").differences] == ["image"]
    assert [word.value for _, words in shown(database, ALIAS).differences for word in words] == ["file", "text", "image", "text"]


def test_sources_of_one_rank_that_say_otherwise_are_a_dispute(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Retires(on("2026-03-01"))))
    Visitor(database, OTHER_PAGE).hears(NOW, says(ALIAS, Retires(on("2026-04-01"))))
    found = view(database, "openai", ALIAS)
    assert ([word.value for word in found.disputes], found.ends) == (["2026-04-01"], on("2026-03-01"))
    assert [slot for slot, _ in shown(database, ALIAS).differences] == ["retires"]


def test_scopes_are_keys_of_their_own_with_dates_of_their_own(database: Database) -> None:
    tuning = scope_of({"feature": "fine-tuning"})
    Visitor(database, PAGE).hears(
        NOW, says("babbage-002", Retires(on("2026-09-28"))), says("babbage-002", Retires(on("2025-10-28")), scope=tuning)
    )
    inference, training = shown(database, "babbage-002").keys
    assert (inference.stage, training.stage) == (Stage.DEPRECATED, Stage.RETIRED)
    assert (inference.differences, training.differences) == ((), ())


def test_an_alias_in_a_scope_falls_back_to_the_snapshot_of_every_scope(database: Database) -> None:
    west = scope_of({"region": "westus"})
    Visitor(database, PAGE).hears(NOW, says(ALIAS, AliasOf(SNAPSHOT), scope=west), says(SNAPSHOT, Retires(on("2026-03-01"))))
    assert said(view(database, "openai", ALIAS), "retires") == [("2026-03-01", "openai_page", SNAPSHOT)]


def test_a_release_belongs_to_the_model_wherever_it_is(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Released(on("2025-04-14"))))
    Visitor(database, ROUTER).hears(NOW, says("openai/gpt-4.1-mini", Released(on("2025-04-15")), "openrouter"))
    assert [slot for slot, _ in shown(database, ALIAS).differences] == ["released"]


def test_the_past_is_shown_as_it_was_known_then(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Retires(on("2026-03-01"))))
    Visitor(database, PAGE).hears(NOW + timedelta(days=5), says(ALIAS, Retires(on("2026-01-11"))))
    later = NOW + timedelta(days=9)
    assert [(one.stage, one.ends) for one in shown(database, ALIAS, later).keys] == [(Stage.RETIRED, on("2026-01-11"))]
    then = shown(database, ALIAS, later, as_of=NOW + timedelta(days=1))
    assert [(one.stage, one.ends, one.days_left) for one in then.keys] == [(Stage.DEPRECATED, on("2026-03-01"), 49)]


def test_a_name_that_nobody_knows_has_neighbours(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Listed()), says("gpt-4.1", Listed()), says("o3", Listed()))
    found = shown(database, "gpt-4.1-mni")
    assert (found.keys, found.near) == ((), ("gpt-4.1-mini", "gpt-4.1"))
    assert shown(database, "").near == ()


def test_a_scope_takes_over_what_the_unscoped_word_says_and_it_does_not(database: Database) -> None:
    eu = scope_of({"region": "eu"})
    Visitor(database, PAGE).hears(
        NOW,
        says(ALIAS, AliasOf(SNAPSHOT)),
        says(SNAPSHOT, Retires(on("2026-03-01"))),
        says(ALIAS, ReplacedBy("gpt-5-mini")),
        says(ALIAS, Deprecated(on("2026-01-01")), scope=eu),
    )
    scoped = next(one for one in shown(database, ALIAS).keys if one.key.scope)
    assert (said(scoped, "retires"), said(scoped, "replaced_by")) == (
        [("2026-03-01", PAGE.key, ALIAS)],
        [("gpt-5-mini", PAGE.key, ALIAS)],
    )
    assert said(scoped, "deprecated") == [("2026-01-01", PAGE.key, "")]
    assert (scoped.stage, scoped.days_left) == (Stage.DEPRECATED, 50)


def test_a_scope_with_a_date_of_its_own_takes_no_other_date_or_state(database: Database) -> None:
    eu = scope_of({"region": "eu"})
    Visitor(database, PAGE).hears(
        NOW,
        says(ALIAS, Retires(on("2026-03-01"))),
        says(ALIAS, Redirects(on("2026-02-01"))),
        says(ALIAS, InStage(Stage.DEPRECATED)),
        says(ALIAS, Deprecated(on("2026-01-01"))),
        says(ALIAS, Retires(on("2026-06-01")), scope=eu),
    )
    scoped = next(one for one in shown(database, ALIAS).keys if one.key.scope)
    assert [slot for slot, words in scoped.words if any(word.inherited_from for word in words)] == ["deprecated"]
    assert (scoped.ends, scoped.word("redirects"), scoped.word("stage")) == (on("2026-06-01"), None, None)


def test_the_end_of_the_whole_model_is_listed_once_however_many_scopes_it_covers(database: Database) -> None:
    words = [says(ALIAS, Deprecated(on("2026-01-01")), scope=scope_of({"region": name})) for name in ("eu", "us")]
    own = says(ALIAS, Retires(on("2026-06-01")), scope=scope_of({"region": "ap"}))
    Visitor(database, PAGE).hears(NOW, says(ALIAS, Retires(on("2026-03-01"))), *words, own)
    with database.read() as ledger:
        ahead = upcoming(ledger, NOW)
        due = reminders(ledger.claims.ending(), [Watch("all", ("log",), lead_times=(365,))], (), (), NOW + timedelta(days=20))
    assert [(str(view.key.scope), view.ends) for view in ahead] == [("", on("2026-03-01")), ("region=ap", on("2026-06-01"))]
    assert len({alert.lifecycles[0].key for alert in due}) == len(due) <= 2
    assert len(shown(database, ALIAS).keys) == 4
