"""What is told of statements and claims beside their columns: the digest of a page, and the claims in the cache of lifecycles."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.claims import Authority, Origin, Place, Skipped, Statement
from monitor.domain.facts import Listed, NoRetirement, Retires
from monitor.domain.identity import Kind
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.readings import Parsed
from monitor.store.codec import Spelled, said_digest
from monitor.store.lifecycles import lifecycle_rows
from tests.builders import START, claim, day, key, on, skipped, statement, when

MINI, OMNI = ("openai", "gpt-4.1-mini", "", "gpt-4.1-mini"), ("azure", "GPT-4o", '{"region":["eu","us"]}', "gpt-4o")
INSTANT = "2026-02-13 17:00:00+00:00"


def test_the_digest_of_what_a_page_says_is_that_of_earlier_releases() -> None:
    """Else every stored page would look like news after an upgrade."""
    stated = [
        [*MINI, "model", "listed", "listed", "", "None", "None", "False", "status", "None", "False", "None", None],
        [*OMNI, "service", "no_retirement", "retires", "", "None", "None", "False", "history", "not_before:2026-02", "True", "1", None],
        [*MINI, "model", "retires", "retires", "2026-02-13", "not_before", INSTANT, "True", "history", "None", "False", "None", None],
    ]
    statements = (
        statement(Listed(), status=True, quote="“as it stands”"),
        Statement(
            *(key("GPT-4o", "azure", region=["us", "eu"]), NoRetirement(), "in any words", Kind.SERVICE, Place.HISTORY),
            *(when("2026-02", floor=True), Authority.REPORT, True),
        ),
        statement(Retires(when("2026-02-13", floor=True, at=on("2026-02-13", "17:00")), promise=True)),
    )
    page = Parsed(statements, (skipped("no date"), Skipped("a row", "no name")), drift="cut in half", cut=True)
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in stated]
    said = [*sorted(rows), '["no date"]', '["no name"]', "cut in half", True, False]
    expected = hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    assert said_digest(page, Spelled()) == expected
    assert said_digest(replace(page, statements=statements[::-1]), Spelled()) == expected


@pytest.mark.parametrize("poison", ["\ud800", "\x00", "“é”"])
def test_a_digest_takes_any_text(poison: str) -> None:
    page = Parsed((statement(Listed(), key(provider=f"open{poison}ai")), statement(Listed(), key(region=poison))))
    assert len(said_digest(page, Spelled())) == 64
    assert said_digest(Parsed(), Spelled()) != said_digest(page, Spelled())


def test_the_cache_has_all_that_a_claim_says() -> None:
    retires = Retires(when("2026-02-13", floor=True, at=on("2026-02-13", "17:00")), promise=True)
    about = key("GPT-4o\u2011mini", "azure", region="eu")
    full = replace(
        claim(Statement(about, retires, "nul\x00", Kind.SERVICE, Place.STATUS, when("2026-02"), Authority.REPORT, family=True)),
        missing_since=day(1),
        gone_at=day(2),
        withdrawn_at=day(3),
        inferred_from="gpt",
        url="https://\x00.test",
        origin=Origin("ann\x00", date(2027, 1, 1), day(4)),
    )
    plain = claim(statement(Retires(when("2026-03")), about))
    lifecycle = Lifecycle(about, Kind.SERVICE, (("retires", Belief((full,), START, (plain,), (plain,))),), START, family=True)
    shared: dict[str, object] = {
        "provider": "azure",
        "model": "GPT-4o\u2011mini",
        "scope": '{"region":"eu"}',
        "line": "gpt-4o-mini",
        "fact": "retires",
    }
    shared |= {"slot": "retires", "source": "openai_deprecations", "page": "page-1", "first_seen_at": "2026-01-10T12:00:00+00:00"}
    shared |= {"recorded_at": "2026-01-10T12:00:00+00:00"}
    other: dict[str, object] = {
        "kind": "model",
        "value": "2026-03",
        "bound": "exact",
        "place": "history",
        "quote": "as it stands on the page",
    }
    other |= {"authority": 3, "url": "https://openai_deprecations.test"}
    whole: dict[str, object] = {
        "kind": "service",
        "value": "2026-02-13",
        "bound": "not_before",
        "place": "status",
        "quote": "nul\ufffd",
        "promise": True,
    }
    whole |= {"authority": 1, "own_authority": 1, "url": "https://\ufffd.test", "at": "2026-02-13T17:00:00+00:00", "said_on": "2026-02"}
    whole |= {"family": True, "author": "ann\ufffd", "inferred_from": "gpt", "expires_on": "2027-01-01"}
    whole |= {"missing_since": "2026-01-11T12:00:00+00:00", "gone_at": "2026-01-12T12:00:00+00:00"}
    whole |= {"withdrawn_at": "2026-01-13T12:00:00+00:00", "as_of": "2026-01-14T12:00:00+00:00"}
    belief = {"chosen": [shared | whole], "differences": [shared | other], "disputed": [shared | other]}
    expected = {"beliefs": {"retires": belief}, "known_since": "2026-01-10T12:00:00+00:00"}
    (row,) = lifecycle_rows([lifecycle])
    assert row["body"] == json.dumps(expected, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
