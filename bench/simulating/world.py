"""The world of the simulation: what every page said on every day, and when things went wrong."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures"
FIRST = date(2025, 10, 20)
DAYS = 400
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Site:
    """One page of the world: what reads it, and its body from each day on."""

    key: str
    settings: dict[str, str]
    bodies: dict[date, bytes]

    def body_on(self, day: date) -> bytes:
        """What it says on a day; what it said first, before that."""
        known = [since for since in self.bodies if since <= day]
        return self.bodies[max(known, default=min(self.bodies))]


@dataclass(frozen=True)
class Faults:
    """Days of trouble, counted from the first: the daemon down (first, last), crashes in mid-delivery, channels that fail (first, last)."""

    outages: tuple[tuple[int, int], ...] = ((60, 66), (151, 157), (300, 306))
    crashes: tuple[int, ...] = (22, 43, 90, 120, 170, 199, 233, 260, 288, 310, 333, 390)
    failing: dict[str, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)

    def down(self, day: int) -> bool:
        """Whether the daemon is off."""
        return any(first <= day <= last for first, last in self.outages)

    def of_channel(self, channel: str, day: int) -> str:
        """How a channel fails on a day; "" if it works."""
        return next((how for first, last, how in self.failing.get(channel, ()) if first <= day <= last), "")


FAULTS = Faults(
    failing={
        "pager": ((75, 78, "broken"), (180, 180, "hangs"), (213, 214, "limited"), (312, 313, "broken")),
        "team": ((95, 101, "broken"), (245, 245, "hangs")),
        "gone": ((130, 160, "gone"),),
    },
)

# our own page: what it said, from the day on (days from the first); "" for a row that says that there is no date
STORY: dict[int, dict[str, str]] = {
    0: {"acme-alpha-1": "2026-02-01", "acme-beta-2": "2026-03-15"},
    5: {"acme-alpha-1": "2026-02-01", "acme-beta-2": "2026-03-15", "acme-gamma-3": "2026-06-30"},
    80: {"acme-alpha-1": "2026-02-20", "acme-beta-2": "2026-03-15", "acme-gamma-3": "2026-06-30"},  # moved while its reminders ran
    130: {"acme-alpha-1": "2026-02-20", "acme-beta-2": "", "acme-gamma-3": "2026-06-30"},  # cancelled a few days before
    205: {"acme-alpha-1": "2026-02-20", "acme-beta-2": "2026-10-01", "acme-gamma-3": "2026-06-15"},  # back again; brought forward
    296: {"acme-alpha-1": "2026-02-20", "acme-beta-2": "2026-10-01", "acme-gamma-3": "2026-06-15", "acme-delta-4": "2026-08-24"},
}
NO_DATE = "No shutdown date announced"


def story_page(rows: dict[str, str]) -> bytes:
    """Our own page of a vendor that does not exist."""
    lines = [f"| `{model}` | {day or NO_DATE} |" for model, day in rows.items()]
    return "\n".join(["# Acme model deprecations", "", "| Model | Shutdown date |", "| --- | --- |", *lines, ""]).encode()


def every_site() -> Iterator[Site]:
    """Our own page, and the given series of announcements, listings and a catalogue."""
    told = {FIRST + timedelta(days=day): story_page(rows) for day, rows in STORY.items()}
    yield Site("acme_page", {"kind": "announcement", "provider": "acme"}, told)
    yield _site("claude_page", "anthropic_deprecations", "anthropic/announcements/*deprecations_20*.md")
    yield _site("openai_page", "openai_deprecations", "openai/announcements/deprecations_*.md")
    yield _site("gemini_page", "gemini_deprecations", "google-gemini/announcements/deprecations_*.md")
    yield _site("groq_page", "groq_deprecations", "groq/announcements/deprecations_*.md")
    yield _site("azure_page", "azure_retirements", "azure/announcements/model-retirement-schedule_*.md")
    yield _site("cerebras_page", "cerebras_deprecations", "cerebras/announcements/deprecations_*.md")
    yield _site("tracker", "deprecations_info", "series/deprecations-info/api-v1/*.json.gz", provider="others")
    yield _site("mistral_list", "mistral_models", "mistral/listing/2*.json")


def _site(key: str, reader: str, pattern: str, **settings: str) -> Site:
    bodies = {}
    for path in sorted(CAPTURES.glob(pattern)):
        body = path.read_bytes()
        bodies[_day_of(path)] = gzip.decompress(body) if path.suffix == ".gz" else body
    if not bodies:
        raise SystemExit(f"no captures at {CAPTURES / pattern}: nothing to simulate")
    return Site(key, {"reader": reader, **settings}, bodies)


def _day_of(path: Path) -> date:
    found = re.search(r"(20\d\d)-?(\d\d)-?(\d\d)", path.name)
    assert found, path
    return date(int(found[1]), int(found[2]), int(found[3]))


def configuration(sites: list[Site], base: str, database: Path, channels: dict[str, str], watches: str) -> str:
    """The file that a user would write to watch these pages."""
    lines = [f"database_url = {json.dumps(f'sqlite:///{database}')}", "catalogue = false", "", "[fetch]", 'allow = ["127.0.0.1"]', ""]
    lines += ["[channels]", *(f"{name} = {json.dumps(target)}" for name, target in channels.items()), "", watches]
    for site in sites:
        told = {"key": site.key, "url": f"{base}/{site.key}", "cadence": "6h", **site.settings}
        lines += ["", "[[sources]]", *(f"{name} = {json.dumps(value)}" for name, value in told.items())]
    return "\n".join([*lines, ""])
