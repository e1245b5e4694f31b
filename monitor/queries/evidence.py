"""The full chain of evidence of a line: every claim in force that speaks, and why it is believed or stands back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.domain.claims import Claim
from monitor.domain.identity import ModelKey
from monitor.domain.reconcile.explain import Standing, weigh
from monitor.domain.records import DOCUMENT, WORD
from monitor.queries.views import KeyView, LineView, Word
from monitor.store import Ledger

_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """One word with its standing and the reason; *last_seen_at* is the last good reading of its source that did not miss it.

    Of what a release brought along that is when somebody else read it, of a record when it was handed in.
    """

    word: Word
    standing: Standing
    why: str
    last_seen_at: datetime


Proofs = dict[ModelKey, tuple[Proof, ...]]


def proofs(ledger: Ledger, line: LineView, now: datetime, as_of: datetime | None = None) -> Proofs:
    """By key of a line, everything that is said of it (as it was known at *as_of*)."""
    said = ledger.claims.speaking([view.key for view in line.keys], as_of)
    seen = _Seen(ledger, as_of or now)
    return {view.key: tuple(_key(view, said.get(view.key, []), seen)) for view in line.keys}


def _key(view: KeyView, claims: list[Claim], seen: "_Seen") -> Iterator[Proof]:
    """What is said of a key itself, then what it takes over; where that counts, its own words stand back."""
    taken = {slot: words[0].inherited_from for slot, words in view.words if words and words[0].inherited_from}
    for weighed in weigh(claims):
        slot = weighed.claim.slot
        proof = Proof(Word(weighed.claim), weighed.standing, weighed.why, seen.last(weighed.claim))
        yield _overruled(proof, taken[slot], view.all(slot)) if slot in taken else proof
    for slot in taken:
        yield from (Proof(word, Standing.BELIEVED, _from(view, word), seen.last(word.claim)) for word in view.all(slot))


def _overruled(proof: Proof, name: str, believed: tuple[Word, ...]) -> Proof:
    if proof.word.compared in {word.compared for word in believed}:
        return replace(proof, standing=Standing.AGREES, why=f"says the same as what is said of {name}")
    return replace(proof, standing=Standing.STANDS_BACK, why=f"what is said of {name} counts here")


def _from(view: KeyView, word: Word) -> str:
    if word.inherited_from == view.key.model:
        return "said of the whole model, and this scope has no word of its own"
    return f"said of {word.inherited_from}, another name of the same model"


class _Seen:
    """When each source was last read in full."""

    def __init__(self, ledger: Ledger, at: datetime) -> None:
        self._ledger = ledger
        self._at = at
        self._found: dict[tuple[str, datetime], datetime | None] = {}

    def last(self, claim: Claim) -> datetime:
        """When a claim was last seen on a page."""
        if claim.origin.as_of:
            return claim.origin.as_of
        if claim.source.startswith((DOCUMENT, WORD)):
            return claim.recorded_at
        until = claim.missing_since - _JUST_BEFORE if claim.missing_since else self._at
        if (claim.source, until) not in self._found:
            self._found[claim.source, until] = self._ledger.evidence.last_good_at(claim.source, until)
        return max(filter(None, (claim.recorded_at, self._found[claim.source, until])))
