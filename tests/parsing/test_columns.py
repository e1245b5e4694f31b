"""Table columns by what their headers mean: every header that vendors were seen to print."""

import pytest

from monitor.parsing.columns import Role, names_family, role_of, roles_of
from monitor.parsing.documents import Text


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Shutdown date", Role.RETIRES),
        ("Shut down date", Role.RETIRES),
        ("Retirement date (UTC)", Role.RETIRES),
        ("Tentative retirement date", Role.RETIRES),
        ("EOL date", Role.RETIRES),
        ("End of life", Role.RETIRES),
        ("Offline Time", Role.RETIRES),
        ("Sunset", Role.RETIRES),
        ("Discontinued on", Role.RETIRES),
        ("Deprecation time", Role.RETIRES),
        ("Retired models", Role.MODEL),
        ("Deprecated", Role.DEPRECATED),
        ("Deprecation date", Role.DEPRECATED),
        ("Legacy date (UTC)", Role.DEPRECATED),
        ("Announced on", Role.DEPRECATED),
        ("Deprecated model", Role.MODEL),
        ("Deprecated model price", Role.OTHER),
        ("Training price", Role.OTHER),
        ("Regions", Role.OTHER),
        ("Public extended access start date", Role.OTHER),
        ("Release date", Role.RELEASED),
        ("Launch date", Role.RELEASED),
        ("Recommended replacement", Role.REPLACEMENT),
        ("Recommended replacement base model", Role.REPLACEMENT),
        ("Substitute model", Role.REPLACEMENT),
        ("Recommended upgrade", Role.REPLACEMENT),
        ("System replacement time", Role.REPLACEMENT),
        ("Redirect date", Role.REDIRECTS),
        ("Current state", Role.STATE),
        ("Lifecycle", Role.STATE),
        ("Status", Role.STATE),
        ("Model ID", Role.MODEL_ID),
        ("API model name", Role.MODEL_ID),
        ("API name", Role.MODEL_ID),
        ("ID", Role.MODEL_ID),
        ("Model / system", Role.MODEL),
        ("Model family / snapshot", Role.MODEL),
        ("Name", Role.MODEL),
        ("System", Role.SERVICE),
        ("Parameter", Role.SERVICE),
        ("Endpoint", Role.SERVICE),
        ("Version", Role.VERSION),
        ("Date", Role.DATE),
        ("Effective date", Role.DATE),
        ("Update", Role.UPDATE),
        ("Details", Role.UPDATE),
        ("Behavior", Role.OTHER),
        ("", Role.OTHER),
    ],
)
def test_a_header_means_what_vendors_mean_by_it(header: str, role: Role) -> None:
    assert role_of(header) is role


def headers(*words: str) -> tuple[Text, ...]:
    return tuple(Text(word) for word in words)


def test_a_role_goes_to_the_first_column_that_claims_it() -> None:
    assert roles_of(headers("Model", "Model name", "Shutdown date", "Retirement date", "Notes")) == (
        Role.MODEL,
        Role.OTHER,
        Role.RETIRES,
        Role.OTHER,
        Role.OTHER,
    )


@pytest.mark.parametrize(("header", "family"), [("Model family / snapshot", True), ("Families", True), ("Model / system", False)])
def test_a_column_says_that_it_may_hold_families(header: str, family: bool) -> None:  # noqa: FBT001 - a value under test
    assert names_family(headers("Shutdown date", header)) is family
