"""The rule of the best-known tracker on the same days: once a day, an alert for what has exactly 14 days or 1 day left; no memory."""

from dataclasses import dataclass, field
from datetime import date

from simulating.oracle import End

DAYS_LEFT = (14, 1)


@dataclass
class Rule:
    """What the rule would have to say, and what it got out."""

    due: set[tuple[str, str, int]] = field(default_factory=set)
    sent: set[tuple[str, str, int]] = field(default_factory=set)

    def day(self, ends: dict[str, End], today: date, *, runs: bool) -> None:
        """One day: what has 14 days or 1 left, told if the run takes place and the channel works."""
        for key, end in ends.items():
            left = (end.day - today).days
            if left in DAYS_LEFT and not end.retired and not end.soft:
                self.due.add((key, end.shown, left))
                if runs:
                    self.sent.add((key, end.shown, left))

    @property
    def missed(self) -> set[tuple[str, str, int]]:
        """Never told."""
        return self.due - self.sent
