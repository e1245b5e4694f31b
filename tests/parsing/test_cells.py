"""Cells of dates: one date, dates with where they hold, sentences by deployment type; whatever is not certain is refused."""

import pytest

from monitor.domain.facts import Deprecated, Fact, NoRetirement, Redirects, Retires, Stage, fact_name, fact_value
from monitor.errors import UnreadableDate
from monitor.parsing.dates import Order
from monitor.parsing.tables.cells import read_cell, regions_of, stage_of
from monitor.parsing.tables.columns import Role


def said(text: str, role: Role = Role.RETIRES, order: Order = Order.REFUSE) -> list[str]:
    """FACT VALUE [SCOPE] of each statement."""
    return [f"{named(fact)} [{scope}]" if scope else named(fact) for fact, scope, _ in read_cell(role, text, order)]


def named(fact: Fact) -> str:
    return f"{fact_name(fact)} {fact_value(fact)}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("October 23, 2026", ["retires 2026-10-23"]),
        ("No shutdown date announced", ["no_retirement"]),
        ("N/A", []),
        ("", []),
        ("July 15th, 2025 (all Regions)", ["retires 2025-07-15"]),
        ("Mar 1, 2026 (us-east-1, us-east-2, and eu-west-1 Regions)", ["retires 2026-03-01 [region=eu-west-1;us-east-1;us-east-2]"]),
        (
            "March 1, 2026 (us-east-1)\nJuly 30, 2026 (ap-northeast-1)",
            ["retires 2026-03-01 [region=us-east-1]", "retires 2026-07-30 [region=ap-northeast-1]"],
        ),
        (
            "July 10, 2026 (non-enterprise) / October 1, 2026 (enterprise customers)",
            ["retires 2026-07-10 [tier=non-enterprise]", "retires 2026-10-01 [tier=enterprise]"],
        ),
    ],
)
def test_dates_are_read_with_where_they_hold(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_sentences_give_a_date_for_each_deployment_type() -> None:
    text = (
        "Standard deployment type retires on 2026-03-31, with auto-upgrades scheduled to start on 2026-03-09. "
        "For other deployment types, including ALL Provisioned and Global Standard, the retirement date has been moved to 2026-10-01."
    )
    assert said(text) == [
        "retires 2026-03-31 [deployment=standard]",
        "redirects 2026-03-09 [deployment=standard]",
        "retires 2026-10-01 [deployment=global-standard;provisioned]",
    ]
    assert [words.partition(" ")[0] for _, _, words in read_cell(Role.RETIRES, text, Order.REFUSE)] == ["Standard", "Standard", "For"]


def test_other_deployments_without_a_list_are_all_that_have_no_date_of_their_own() -> None:
    text = "Standard deployments retire on 2026-03-31. All other deployments will be retired on 2026-10-01."
    assert said(text) == ["retires 2026-03-31 [deployment=standard]", "retires 2026-10-01"]


def test_lines_of_a_cell_are_read_one_by_one() -> None:
    assert said("February 13, 2025\n\nDeployments set to Auto-update will be automatically upgraded, starting on January 13, 2025.") == [
        "retires 2025-02-13",
        "redirects 2025-01-13",
    ]
    assert said("Deprecation: October 1, 2024\nRetirement: June 6, 2025") == ["deprecated 2024-10-01", "retires 2025-06-06"]
    text = "No earlier than May 20, 2025\nDeployments will be automatically upgraded to version: 2024-08-06, starting on February 13, 2025."
    assert said(text) == ["retires 2025-05-20", "redirects 2025-02-13"]
    text = "To be upgraded to version 2024-04-09x, starting no sooner than January 31, 2025\nRetirement date: February 27, 2025"
    assert said(text) == ["redirects 2025-01-31", "retires 2025-02-27"]


@pytest.mark.parametrize(
    "text",
    [
        "Base model retirement",
        "Standard deployment type retires on 2026-03-31. " + "It may be so. " * 200,
        "mid-2026",
        "March 1, 2026 (tentative)",
        "March 1, 2026 (us-east-1 or so)",
        "March 1, 2026 (us-east-1), July 30, 2026 (us-east-1)",
        "March 1, 2026 (us-east-1), then July 30, 2026 (eu-west-1)",
        "March 1, 2026 (us-east-1), with exceptions",
        "Notice: March 1, 2026\nRetirement: June 6, 2026",
        "Retirement: June 6, 2026 or so",
        "One year after training retirement on 2027-04-16",
        "The retirement date is 2026-10-01 for customers in Europe.",
        "Standard deployment type retires on 2026-03-31 and a notice went out on 2026-03-01.",
        "Standard deployment type retires on 2026-03-31. Standard deployment type retires on 2026-04-30.",
    ],
)
def test_what_is_not_certain_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read_cell(Role.RETIRES, text, Order.REFUSE)


def test_sentences_are_read_only_where_the_column_is_of_ends() -> None:
    with pytest.raises(UnreadableDate):
        read_cell(Role.DEPRECATED, "Standard deployment type retires on 2026-03-31, all else later.", Order.REFUSE)


def test_the_column_says_what_a_date_is_and_the_page_in_which_order_it_is_written() -> None:
    assert [type(fact) for fact, _, _ in read_cell(Role.DEPRECATED, "5/4/2026", Order.MDY)] == [Deprecated]
    assert [type(fact) for fact, _, _ in read_cell(Role.REDIRECTS, "May 4, 2026", Order.REFUSE)] == [Redirects]
    assert said("5/4/2026", order=Order.MDY) == ["retires 2026-05-04"]
    assert said("5/4/2026", order=Order.DMY) == ["retires 2026-04-05"]
    with pytest.raises(UnreadableDate):
        said("5/4/2026")


def test_an_absence_is_a_fact_only_in_a_column_of_ends() -> None:
    assert read_cell(Role.RELEASED, "No retirement date announced", Order.REFUSE) == ()
    assert isinstance(read_cell(Role.RETIRES, "No retirement date announced", Order.REFUSE)[0][0], NoRetirement)


def test_a_floor_stays_one() -> None:
    [(fact, _, _)] = read_cell(Role.RETIRES, "No earlier than 2026-04-14", Order.REFUSE)
    assert isinstance(fact, Retires)
    assert fact.on.is_floor


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("GA", Stage.ACTIVE),
        (" Generally Available ", Stage.ACTIVE),
        ("Preview models", Stage.PREVIEW),
        ("Deprecated", Stage.DEPRECATED),
        ("EOL", Stage.RETIRED),
        ("Gemini models", None),
        ("", None),
    ],
)
def test_a_state_is_the_word_a_cell_begins_with(text: str, stage: Stage | None) -> None:
    assert stage_of(text) is stage


def test_regions_are_codes_once_each() -> None:
    assert regions_of("us-east-1*, us-gov-west-1\nus-east-1 and europe-west4 (Netherlands)") == (
        "us-east-1",
        "us-gov-west-1",
        "europe-west4",
    )
    assert regions_of("all Regions") == ()


def test_hostile_cells_take_no_time() -> None:
    for text in ("ab-" * 40_000, "Aa " * 40_000, "deployment types, including x, " * 5_000, "x (" * 20_000):
        assert regions_of(text) == ()
        with pytest.raises(UnreadableDate):
            read_cell(Role.RETIRES, text, Order.REFUSE)


def test_a_reference_beside_a_date_is_no_part_of_it() -> None:
    assert said("April 12, 2027 (See Partner model retirement policy)") == ["retires 2027-04-12"]
