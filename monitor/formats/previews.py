"""What would leave, when, and to whom."""

from collections.abc import Iterable, Iterator, Sequence

from monitor.alerts.messages import Message
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant
from monitor.queries.outbox import about
from monitor.queries.preview import Leaving

COLUMNS = ("LEAVES", "CHANNEL", "SEVERITY", "KIND", "ABOUT", "WATCH", "OWNER", "WRITTEN", "ALERT")

Shown = tuple[Leaving, Message | None]


def leaving_records(shown: Iterable[Shown]) -> Iterator[Record]:
    """One object per alert; with its text where there is one."""
    for leaving, message in shown:
        alert = leaving.alert
        yield {
            "leaves_at": leaving.at,
            "channel": alert.channel,
            "severity": alert.severity,
            "kind": alert.kind,
            "about": about(alert, leaving.about),
            "watch": alert.watch,
            "owner": alert.owner,
            "lead": alert.lead,
            "written": leaving.waiting,
            "written_at": alert.created_at,
            "alert": alert.visible_id,
            **({"title": message.title, "body": message.body} if message else {}),
        }


def leaving_parts(shown: Sequence[Shown]) -> Iterator[Part]:
    """The same as a table, the texts after it."""
    yield Table(COLUMNS, tuple(_row(leaving) for leaving, _ in shown))
    yield from (f"{instant(leaving.at)} to {leaving.alert.channel}: {text.title}\n\n{text.body}" for leaving, text in shown if text)


def _row(leaving: Leaving) -> tuple[str, ...]:
    alert = leaving.alert
    written = ("" if leaving.waiting else "will be, ") + instant(alert.created_at)
    whose = (about(alert, leaving.about), alert.watch, alert.owner)
    return (instant(leaving.at), alert.channel, alert.severity, alert.kind, *whose, written, alert.visible_id)
