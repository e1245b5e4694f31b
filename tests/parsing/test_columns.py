"""Headers by what they mean."""

import pytest

from monitor.parsing.documents import Text
from monitor.parsing.tables.columns import PLAIN, Role, names_family, role_of, roles_of, with_words


def roles(*headers: str) -> list[Role]:
    return list(roles_of([Text(header) for header in headers]))


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Retirement date (UTC)", Role.RETIRES),
        ("EOL date", Role.RETIRES),
        ("Offline Time", Role.RETIRES),
        ("Deprecation time", Role.RETIRES),
        ("Deprecated Time", Role.DEPRECATED),
        ("Offline Model", Role.MODEL),
        ("Removed models", Role.MODEL),
        ("Deployment retirement date", Role.RETIRES),
        ("Training retirement date", Role.TRAINING),
        ("Deprecation Date (No New Customers)", Role.DEPRECATED),
        ("System replacement time", Role.REDIRECTS),
        ("System Replacement Model", Role.REPLACEMENT),
        ("Recommended model ID", Role.REPLACEMENT_ID),
        ("Self-deploy alternative", Role.OTHER),
        ("Replacement Impact", Role.OTHER),
        ("Default upgrade date", Role.OTHER),
        ("Public extended access start date", Role.OTHER),
        ("Model provider", Role.OTHER),
        ("Regions supported", Role.REGION),
        ("Regions", Role.REGION),
        ("Launch stage", Role.STATE),
        ("Release status", Role.STATE),
        ("Auto-Switch Model at Expiry", Role.REPLACEMENT),
        ("Release date", Role.RELEASED),
        ("Launch date", Role.RELEASED),
        ("API", Role.MODEL_ID),
        ("Deprecated Model", Role.MODEL),
        ("Colour", Role.OTHER),
    ],
)
def test_a_header_says_what_its_column_holds(header: str, role: Role) -> None:
    assert role_of(header) is role


def test_a_model_version_is_the_model_where_no_other_column_names_one() -> None:
    assert roles("Model version", "EOL date") == [Role.MODEL, Role.RETIRES]
    assert roles("Model Name", "Model Version", "Retirement Date") == [Role.MODEL, Role.VERSION, Role.RETIRES]


def test_a_legacy_date_is_the_deprecation_where_no_other_column_dates_it() -> None:
    assert roles("Model ID", "Legacy date", "EOL date") == [Role.MODEL_ID, Role.DEPRECATED, Role.RETIRES]
    assert roles("Model", "Legacy date (UTC)", "Deprecation date (UTC)") == [Role.MODEL, Role.OTHER, Role.DEPRECATED]


def test_the_first_column_of_a_role_has_it() -> None:
    assert roles("Model", "Shutdown date", "Retirement date") == [Role.MODEL, Role.RETIRES, Role.OTHER]


def test_a_column_may_say_that_it_holds_families() -> None:
    assert names_family([Text("Model family / snapshot")])
    assert names_family([Text("Families")])
    assert not names_family([Text("Model")])


@pytest.mark.parametrize("role", PLAIN)
def test_the_plain_header_of_a_role_has_it(role: Role) -> None:
    assert role_of(PLAIN[role]) is role


def test_a_users_word_is_the_whole_header_in_any_case_and_outranks_ours() -> None:
    words = ((Role.RETIRES, ("gone by", "Status")), (Role.MODEL, ("Engine",)))
    headers = tuple(Text(header) for header in ("ENGINE", "Engine  notes", "Gone\nby", "Retirement date", "Replacement"))
    assert roles_of(with_words(headers, words)) == (Role.MODEL, Role.OTHER, Role.RETIRES, Role.OTHER, Role.REPLACEMENT)
    assert roles_of(with_words((Text("Model"), Text("Status")), words)) == (Role.MODEL, Role.RETIRES)
    assert with_words(headers, ()) == headers
