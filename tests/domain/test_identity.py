from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.identity import EVERYWHERE, read_scope, scope_of
from tests.builders import key

WORDS = st.text("abcdeXYZ019-_.", min_size=1)
VALUES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
SCOPES = st.dictionaries(WORDS, st.lists(VALUES, max_size=3), max_size=3).map(scope_of)


@given(SCOPES)
def test_a_scope_reads_back_as_itself(scope: object) -> None:
    assert read_scope(str(scope)) == scope


def test_a_scope_does_not_depend_on_order_or_repetition() -> None:
    assert scope_of({"tier": "free", "region": ["west", "east", "west"]}) == scope_of({"region": ["east", "west"], "tier": ["free"]})


def test_empty_values_narrow_nothing() -> None:
    assert scope_of({"region": [], "tier": "", "cloud": ["", "usgov"]}) == scope_of({"cloud": "usgov"})
    assert not scope_of({"region": [""]})


def test_a_scope_prints_its_parts_in_order() -> None:
    scope = scope_of({"tier": ["free", "developer"], "region": "us-east-1"})
    assert str(scope) == "region=us-east-1 tier=developer;free"
    assert scope.as_dict() == {"region": "us-east-1", "tier": ["developer", "free"]}


def test_a_scope_can_be_narrowed_further() -> None:
    assert EVERYWHERE.with_part("version", ["1"]).with_part("version", ["2"]) == scope_of({"version": "2"})


def test_a_key_prints_provider_name_and_scope() -> None:
    assert str(key("gpt-4o", "azure", version="2024-08-06")) == "azure/gpt-4o [version=2024-08-06]"
    assert str(key("gpt-4o")) == "openai/gpt-4o"
