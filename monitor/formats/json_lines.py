"""JSON, one object per line: what other tools rely on (DESIGN sections 6 and 8)."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

Record = Mapping[str, object]


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One line per object; instants as `2026-02-13T17:00:00Z`, names in the order given."""
    return (msgspec.json.encode(record).decode() for record in records)
