"""Evidence: why each word counts, a stored page and what rests on it, and what two readings stated differently."""

from collections.abc import Iterable, Iterator

from monitor.domain.claims import Claim, Statement
from monitor.domain.facts import fact_name, fact_value, when_of
from monitor.domain.pages import Page
from monitor.domain.reconcile.diff import shown
from monitor.formats.json_lines import Record
from monitor.formats.models import key_record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant
from monitor.formats.words import full_record, word_text
from monitor.parsing.documents import Block, Items, Note, Paragraph, decode, read_document
from monitor.parsing.documents import Table as PageTable
from monitor.parsing.documents.sniff import is_html
from monitor.queries.differences import Difference, Differences
from monitor.queries.evidence import Proof, Proofs
from monitor.queries.views import LineView, Word
from monitor.store.views import PageView, VisitView

PROOF_COLUMNS = (
    *("FACT", "VALUE", "PROVIDER", "MODEL", "SCOPE", "AUTHORITY", "STANDING", "WHY", "SOURCE"),
    *("FIRST SEEN", "LAST SEEN", "PAGE", "QUOTE", "ADDRESS"),
)
CLAIM_COLUMNS = ("FACT", "VALUE", "PROVIDER", "MODEL", "SCOPE", "SOURCE", "RECORDED", "UNTIL", "QUOTE")
SHORT_HASH = 12
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def proved_records(line: LineView, proofs: Proofs) -> Iterator[Record]:
    """One object per key, as `show` has it, with all the evidence."""
    return ({**key_record(view), "evidence": [_proof_record(proof) for proof in proofs[view.key]]} for view in line.keys)


def proof_parts(proofs: Proofs) -> Iterator[Part]:
    """A row per word, whether it is believed or not."""
    rows = tuple(_proof_row(proof) for found in proofs.values() for proof in found)
    yield Table(PROOF_COLUMNS, rows, "Everything that is said, and why it counts or stands back")


def _proof_record(proof: Proof) -> Record:
    claim = proof.word.claim
    missing = {"missing_since": claim.missing_since} if claim.missing_since else {}
    weighed = {"standing": proof.standing, "why": proof.why, "last_seen_at": proof.last_seen_at}
    return {**full_record(proof.word), **weighed, **missing}


def _proof_row(proof: Proof) -> tuple[str, ...]:
    claim = proof.word.claim
    key = claim.key
    times = (instant(claim.first_seen_at), instant(proof.last_seen_at) + (", missing since" if claim.missing_since else ""))
    about = (fact_name(claim.fact), word_text(proof.word), key.provider, key.model, str(key.scope))
    weighed = (claim.authority.label, proof.standing, proof.why, claim.source)
    return (*about, *weighed, *times, claim.page[:SHORT_HASH], claim.statement.quote, claim.url)


def page_record(page: PageView, claims: Iterable[Claim]) -> Record:
    """A stored page and the claims that rest on it."""
    return {
        "page": page.hash,
        "url": page.url,
        "fetched_at": page.fetched_at,
        "content_type": page.content_type,
        "size": page.size,
        "stored": page.stored,
        "claims": [_claim_record(claim) for claim in claims],
    }


def page_parts(page: PageView, claims: tuple[Claim, ...]) -> Iterator[Part]:
    """The same for people."""
    yield page_line(page)
    yield Table(CLAIM_COLUMNS, tuple(map(_claim_row, claims))) if claims else "No claim rests on it."


def page_line(page: PageView) -> str:
    """What page it is."""
    return f"{page.hash}: {page.url or 'no address'}, fetched {instant(page.fetched_at)}, {page.size} bytes"


def page_text(page: Page) -> str:
    """What a page says, without its markup; anything but HTML as it stands. Raises Undecodable for bytes that are no text."""
    text = decode(page.body, page.content_type)
    if not is_html(text):
        return text
    sections = read_document(page.body, page.content_type).sections
    lines = (line for section in sections for line in (f"{'#' * section.level} {section.title.plain}".strip(), *_lines(section.blocks)))
    return "".join(f"{line}\n" for line in lines if line)


def inert_lines(text: str) -> str:
    """A text that moves no terminal: line by line, every other control character made visible as U+FFFD."""
    lines = (line.expandtabs() for line in text.splitlines())
    return "".join("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line) + "\n" for line in lines)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case PageTable(header, rows):
                yield from (" | ".join(cell.plain for cell in cells) for cells in (header, *(row.cells for row in rows)))
            case Items(items):
                yield from (f"- {item.plain}" for item in items)
            case Note(paragraphs):
                yield from (f"> {paragraph.plain}" for paragraph in paragraphs)
            case Paragraph(text):
                yield text.plain


def _claim_record(claim: Claim) -> Record:
    over = {"missing_since": claim.missing_since, "withdrawn_at": claim.withdrawn_at}
    return {**full_record(Word(claim)), "recorded_at": claim.recorded_at, **over}


def _claim_row(claim: Claim) -> tuple[str, ...]:
    key = claim.key
    until = instant(claim.withdrawn_at, "in force")
    about = (fact_name(claim.fact), word_text(Word(claim)), key.provider, key.model, str(key.scope))
    return (*about, claim.source, instant(claim.recorded_at), until, claim.statement.quote)


def difference_records(found: Differences) -> Iterator[Record]:
    """One object per difference."""
    sides = {"from": _visit_record(found.before), "to": _visit_record(found.after)}
    return (
        {
            "change": _change(difference),
            "source": found.source,
            "provider": difference.statement.key.provider,
            "model": difference.statement.key.model,
            "scope": difference.statement.key.scope.as_dict(),
            "fact": fact_name(difference.statement.fact),
            "before": _said(difference.before),
            "after": _said(difference.after),
            **sides,
            "reread": found.reread,
        }
        for difference in found.changes
    )


def difference_parts(found: Differences) -> Iterator[Part]:
    """The two readings, and a line per difference: `+` come, `-` gone, `~` another value."""
    how = "" if found.reread else "\nnot every page is stored: told from the claims in force after each"
    yield f"--- {_visit_line(found.source, found.before)}\n+++ {_visit_line(found.source, found.after)}{how}"
    if found.changes:
        yield "\n".join(map(_line, found.changes))


def _line(difference: Difference) -> str:
    key, fact = difference.statement.key, fact_name(difference.statement.fact)
    sides = [_value(statement) for statement in (difference.before, difference.after) if statement]
    if len(set(sides)) == 1 < len(sides):
        sides = [f"{_value(said)} (announced {said.said_on or 'no day'})" for said in (difference.before, difference.after) if said]
    quote = f" “{' '.join(difference.statement.quote.split())}”"
    return f"{SIGNS[_change(difference)]} {key} {fact} {' → '.join(sides)}".rstrip() + quote


def _change(difference: Difference) -> str:
    if difference.before and difference.after:
        return "changed"
    return "added" if difference.after else "removed"


def _value(statement: Statement) -> str:
    return shown(when_of(statement.fact)) or fact_value(statement.fact)


def _said(statement: Statement | None) -> Record | None:
    if statement is None:
        return None
    said_on = statement.said_on.value if statement.said_on else None
    value = {"fact": fact_name(statement.fact), "value": _value(statement), "said_on": said_on}
    return {**value, "place": statement.place, "quote": statement.quote}


def _visit_record(visit: VisitView) -> Record:
    return {"reading": visit.reading_id, "read_at": visit.read_at, "pages": [digest for _, digest in visit.pages]}


def _visit_line(source: str, visit: VisitView) -> str:
    pages = ", ".join(digest[:SHORT_HASH] for _, digest in visit.pages) or "no page"
    return f"{source} reading {visit.reading_id}, {instant(visit.read_at)} ({pages})"
