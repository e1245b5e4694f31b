"""Lists that print one record as labelled lines ("Model ID: …", "EOL date: …") become tables again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.parsing.documents import Items, Paragraph, Row, Table, Text
from monitor.parsing.naming.names import names_model
from monitor.parsing.tables.columns import Role, role_of

_NAMES = frozenset({Role.MODEL, Role.MODEL_ID})
_DATES = frozenset({Role.RETIRES, Role.DEPRECATED, Role.LEGACY, Role.REDIRECTS})
_LONGEST_LABEL = 40
_MODEL = "Model"
_MOST_LABELS = 30  # more than that are no columns


@dataclass(slots=True)
class _Record:
    """One record: the lines that hold for all of it, and those that print a variant each ("Regions: … / EOL date: …")."""

    common: dict[str, str] = field(default_factory=dict)
    variants: list[dict[str, str]] = field(default_factory=list)

    def rows(self) -> Iterator[dict[str, str]]:
        """Its rows: one for each variant."""
        yield from (self.common | variant for variant in self.variants or [{}])


def table_of(items: Items, title: str = "") -> Table | None:
    """The table that a list of records is; None where a record lacks a model or a date of its life.

    Under a heading that is a model's name, *title*, records need not name it again.
    """
    named = {_MODEL: title} if names_model(title) else {}
    rows = [named | row for record in _records(items) for row in record.rows()]
    return _table([row for row in rows if _is_lifecycle(row)])


def card_of(paragraph: Paragraph, title: str) -> Table | None:
    """The table of a paragraph whose lines are labels and values ("Status: … / Shutdown date: …") below a heading that names a model."""
    return table_of(Items(tuple(Text(line) for line in paragraph.text.plain.split("\n"))), title) if is_card(paragraph.text) else None


def is_card(text: Text) -> bool:
    """Whether every line of a text is a label and its value."""
    lines = text.plain.split("\n") if "\n" in text.plain else []
    return bool(lines) and all(_pair(line)[0] for line in lines)


def _table(rows: list[dict[str, str]]) -> Table | None:
    header = tuple(dict.fromkeys(label for row in rows for label in row))
    if not 0 < len(header) <= _MOST_LABELS:
        return None
    cells = (tuple(Text(row.get(label, "")) for label in header) for row in rows)
    return Table(tuple(Text(label) for label in header), tuple(Row(row, apart=True) for row in cells))


def _is_lifecycle(row: dict[str, str]) -> bool:
    roles = {role_of(label) for label in row}
    return not roles.isdisjoint(_NAMES) and not roles.isdisjoint(_DATES)


def _records(items: Items) -> Iterator[_Record]:
    """A record ends where a line without a label stands, or a label that it has already."""
    record = _Record()
    for item in items.items:
        pairs = [_pair(part) for part in item.plain.split(" / ")]
        labelled = {label: value for label, value in pairs if label}
        if len(labelled) < len(pairs) or (len(pairs) == 1 and not record.common.keys().isdisjoint(labelled)):
            yield record
            record = _Record()
        if len(pairs) > 1 and len(labelled) == len(pairs):
            record.variants.append(labelled)
        elif len(labelled) == len(pairs):
            record.common.update(labelled)
    yield record


def _pair(text: str) -> tuple[str, str]:
    label, colon, value = text.partition(":")
    return (label.strip(), value.strip()) if colon and value.startswith(" ") and len(label) <= _LONGEST_LABEL else ("", text)
