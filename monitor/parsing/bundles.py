"""Copies ↔ text: JSON lines, the source first, then each page with its statements; equal copies give equal bytes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from monitor.domain.bundles import Copy, Sheet
from monitor.domain.claims import Place, Statement, read_authority
from monitor.domain.facts import Retires, fact_name, fact_value, read_fact, when_of
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, scope_of
from monitor.domain.when import read_value

Record = dict[str, Any]


def bundle_text(copy: Copy) -> str:
    """The copy as text: one statement per line, in the order of provider, model, scope and fact."""
    head = {
        "as_of": copy.as_of.date().isoformat(),
        "authority": copy.authority.label,
        "provider": copy.provider,
        "reader_version": copy.reader_version,
        "source": copy.source,
    }
    return "".join(f"{_line(record)}\n" for record in (head, *_body(copy)))


def read_bundle(text: str) -> Copy:
    """The inverse of `bundle_text`, its digest filled in; raises ValueError or KeyError for anything else."""
    head, *rest = [json.loads(line) for line in text.splitlines()]
    sheets: list[Sheet] = []
    said: list[list[Statement]] = []
    for record in rest:
        if "page" in record:
            said.append([])
            sheets.append(Sheet(record["url"], record["page"], ()))
        else:
            said[-1].append(_statement(record, head["provider"]))
    return Copy(
        head["source"],
        head["provider"],
        read_authority(head["authority"]),
        datetime.combine(date.fromisoformat(head["as_of"]), time(), UTC),
        head["reader_version"],
        tuple(Sheet(sheet.url, sheet.page, tuple(own)) for sheet, own in zip(sheets, said, strict=True)),
        hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _line(record: Record) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _body(copy: Copy) -> Iterator[Record]:
    for sheet in copy.sheets:
        yield {"page": sheet.page, "url": sheet.url}
        records = sorted(
            (_order(statement), _line(record), record) for statement in sheet.statements if (record := _record(statement, copy))
        )
        yield from {line: record for _, line, record in records}.values()


def _order(statement: Statement) -> tuple[str, str, str, str]:
    return statement.key.provider, statement.key.model, str(statement.key.scope), fact_name(statement.fact)


def _record(statement: Statement, copy: Copy) -> Record:
    """A statement without its quote; what goes without saying is left out."""
    when, key = when_of(statement.fact), statement.key
    said = {
        "model": key.model,
        "fact": fact_name(statement.fact),
        "value": fact_value(statement.fact),
        "provider": key.provider if key.provider != copy.provider else "",
        "scope": key.scope.as_dict(),
        "bound": when.bound.value if when and when.is_floor else "",
        "at": when.at.isoformat() if when and when.at else "",
        "promise": isinstance(statement.fact, Retires) and statement.fact.promise,
        "place": statement.place.value if statement.place is not Place.HISTORY else "",
        "said_on": statement.said_on.value if statement.said_on else "",
        "kind": statement.kind.value if statement.kind is not Kind.MODEL else "",
        "authority": statement.authority.label if statement.authority else "",
        "family": statement.family,
    }
    return {name: value for name, value in said.items() if value}


def _statement(record: Record, provider: str) -> Statement:
    at = datetime.fromisoformat(record["at"]) if "at" in record else None
    fact = read_fact(record["fact"], record.get("value", ""), record.get("bound"), at, promise=record.get("promise", False))
    return Statement(
        ModelKey(record.get("provider", provider), record["model"], scope_of(record["scope"]) if "scope" in record else EVERYWHERE),
        fact,
        "",
        Kind(record.get("kind", Kind.MODEL)),
        Place(record.get("place", Place.HISTORY)),
        read_value(record["said_on"]) if "said_on" in record else None,
        read_authority(record["authority"]) if "authority" in record else None,
        record.get("family", False),
    )
