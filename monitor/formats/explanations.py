"""Why an alert was sent."""

from collections.abc import Iterable, Iterator

from monitor.formats.alerts import alert_parts, alert_record
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.queries.explanation import Explanation


def explanation_record(one: Explanation) -> Record:
    """An alert with its reasons and its evidence."""
    evidence = [
        {
            "provider": exhibit.key.provider,
            "model": exhibit.key.model,
            "scope": exhibit.key.scope.as_dict(),
            "source": exhibit.source,
            "quote": exhibit.quote,
            "url": exhibit.url,
            "page": exhibit.page,
        }
        for exhibit in one.evidence
    ]
    because = [{"topic": reason.topic, "text": reason.text} for reason in one.because]
    return {**alert_record(one.view), "because": because, "evidence": evidence}


def explanation_parts(explained: Iterable[Explanation]) -> Iterator[Part]:
    """The same as tables."""
    for one in explained:
        yield from alert_parts([one.view])
        yield Table(("ABOUT", "WHY"), tuple((reason.topic, reason.text) for reason in one.because))
        rows = ((str(said.key), said.source, said.quote, said.url, said.page) for said in one.evidence)
        yield Table(("MODEL", "SOURCE", "QUOTE", "ADDRESS", "PAGE"), tuple(rows), "Evidence (`modelwatch page HASH` shows a page):")
