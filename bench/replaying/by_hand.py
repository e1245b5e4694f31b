"""Anthropic's page, by the list of its changes that was made by hand."""

import csv
from collections.abc import Iterator

from replaying.captures import CAPTURES, SHARED, Series, Slot, View

BY_HAND = SHARED / "truth/events/anthropic_deprecations.csv"


def anthropic() -> Series:
    """The views that the hand-made list of changes amounts to; a slot that never changes is in none of them."""
    found = (CAPTURES / "anthropic/announcements").glob("model-deprecations_*.md")
    paths = tuple(sorted(found, key=lambda path: (path.name.split("_")[1], "_tn" not in path.name, path.name)))
    with BY_HAND.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first: dict[Slot, dict[str, str]] = {}
    for row in rows:
        first.setdefault(_slot(row), row)
    state = {slot: dated(row, "before") for slot, row in first.items() if row["before"] and row["fact"] in FACTS}
    views = []
    for path in paths:
        of_capture = [row for row in rows if row["capture"] == path.name]
        state = dict(_changed(state, of_capture))
        views.append(View(state))
    return Series("anthropic deprecations", "anthropic_deprecations", paths, tuple(views), frozenset({*FACTS, "announced"}))


FACTS = ("retires", "replaced_by")


def _slot(row: dict[str, str]) -> Slot:
    return row["fact"], row["model"]


def dated(row: dict[str, str], side: str) -> str:
    """A value of the list as events print it; of several the status table's, which the list names first, is believed."""
    value = row[side].split(";")[0] if row["fact"] == "retires" else row[side]
    return f"not_before:{value}" if row[f"{side}_bound"] == "not_before" else value


def _changed(state: dict[Slot, str], rows: list[dict[str, str]]) -> Iterator[tuple[Slot, str]]:
    """The next view; the end is announced by a day of deprecation, or by a date of a model that the capture calls nothing."""
    gone = {_slot(row) for row in rows if row["change"] in {"row_gone", "withdrawn"}}
    yield from ((slot, value) for slot, value in state.items() if slot not in gone)
    told = {row["model"] for row in rows if row["fact"] in {"stage", "deprecated"}}
    for row in rows:
        if row["fact"] in FACTS and _slot(row) not in gone:
            yield _slot(row), dated(row, "after")
        first_date = row["fact"] == "retires" and row["change"] == "appeared" and row["after_bound"] == "exact"
        if (row["fact"], row["change"]) == ("deprecated", "appeared"):
            yield ("announced", row["model"]), row["after"]
        elif first_date and row["model"] not in told:
            yield ("announced", row["model"]), ""
