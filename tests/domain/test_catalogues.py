"""Somebody else's collection: what vanishes from it, or comes back, moves nothing."""

from datetime import UTC, datetime, timedelta

from monitor.domain.claims import Authority, Claim, Statement
from monitor.domain.facts import Retires
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, Reading, SourceFacts, SourceKind
from monitor.domain.reconcile.decide import Known, decide, merged
from monitor.domain.when import read_value

START = datetime(2026, 3, 1, tzinfo=UTC)
CATALOGUE = SourceFacts("tracker", SourceKind.CATALOGUE, "", Authority.AGGREGATOR)


def visit(names: str, day: int) -> Reading:
    """A good visit that brought a future date for each name."""
    at = START + timedelta(days=day)
    statements = tuple(Statement(ModelKey("acme", name), Retires(read_value("2027-01-01")), name) for name in names)
    return Reading(CATALOGUE, at, ((Page("https://example.org", names.encode(), at), Parsed(statements)),))


def test_a_date_that_leaves_a_catalogue_stays_as_it_is_and_nobody_hears_of_it() -> None:
    claims: tuple[Claim, ...] = ()
    events = []
    for day, names in enumerate(("abcdef", "abcde", "abcde", "abcdef")):
        reading = visit(names, day)
        changes = decide(Known(claims), reading, reading.read_at)
        claims = merged(claims, changes.claims)
        events += [(day, event.key.model) for event in changes.events]
    assert {claim.key.model for claim in claims if claim.missing_since is None and claim.gone_at is None} == set("abcdef")
    assert {day for day, _ in events} == {0}
