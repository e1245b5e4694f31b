"""What a check comes to."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is: `bad` alone makes doctor fail."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, what was found, and *mend*, what to do about it ("" where nothing is to be done)."""

    check: str
    verdict: Verdict
    found: str
    mend: str = ""


def good(check: str, found: str) -> Finding:
    """As it should be."""
    return Finding(check, Verdict.GOOD, found)


def note(check: str, found: str, mend: str) -> Finding:
    """Worth knowing, and no failure."""
    return Finding(check, Verdict.NOTE, found, mend)


def bad(check: str, found: str, mend: str) -> Finding:
    """Must be mended."""
    return Finding(check, Verdict.BAD, found, mend)
