"""What the database holds between two lives of the daemon: ends believed, events, and what the id in a message stands for."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulating.oracle import End

from monitor.store import open_database

TOLD = {"retirement_scheduled", "retirement_moved", "retirement_cancelled", "redirect_scheduled", "model_retired", "outlived_retirement"}


@dataclass(frozen=True)
class Written:
    """An alert as it was written: what it says of which model."""

    number: int
    kind: str
    channel: str
    key: str
    what: frozenset[str]
    lead: int | None
    shown: str
    made_at: datetime


class Facts:
    """A look into the database file."""

    def __init__(self, path: Path) -> None:
        self._database = open_database(f"sqlite:///{path}")
        self._raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def close(self) -> None:
        """Let go of it."""
        self._database.close()
        self._raw.close()

    def ends(self, now: datetime) -> dict[str, End]:
        """Which end is believed of each model that has one."""
        with self._database.read() as ledger:
            states = ledger.claims.ending()
        return {
            str(state.key): End(when.first_day, f"{when.bound}:{when.value}", state.soft, state.retired_at(now) is not None)
            for state in states
            if (when := state.ends)
        }

    def news(self, since: datetime, until: datetime) -> list[tuple[str, str, str]]:
        """The events to tell of after *since*, until *until*: kind, key, value after. A source's first reading tells nothing."""
        with self._database.read() as ledger:
            events = [event for event in ledger.events.since(since, until) if event.at > since and event.kind.value in TOLD]
        firsts = {source: _instant(at) for source, at in self._raw.execute("SELECT source, min(read_at) FROM readings GROUP BY source")}
        return [(event.kind.value, str(event.key), event.after) for event in events if firsts.get(event.source) != event.at]

    def alerts(self) -> dict[str, list[Written]]:
        """Every alert by the ids under which it can be seen: its own, and that of the message it left in."""
        found: dict[str, list[Written]] = {}
        rows = self._raw.execute("SELECT id, visible_id, batch, kind, channel, lead, idempotency_key, created_at, payload FROM alerts")
        for number, visible, batch, kind, channel, lead, name, made, payload in rows:
            told = json.loads(payload)
            keys = [_key(one) for one in told["keys"]] or [_key(event["key"]) for event in told["events"]]
            shown = ":".join(name.rsplit(":", 3)[1:3]) if kind == "reminder" else ""
            what = frozenset(event["kind"] for event in told["events"])
            written = Written(number, kind, channel, keys[0] if keys else "", what, lead, shown, _instant(made))
            for own in {visible, batch or visible}:
                found.setdefault(own, []).append(written)
        return found


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _key(told: dict[str, Any]) -> str:
    parts = " ".join(f"{name}={';'.join(values)}" for name, values in told.get("scope", {}).get("parts", []))
    return f"{told['provider']}/{told['model']}" + (f" [{parts}]" if parts else "")
