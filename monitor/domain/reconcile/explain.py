"""Why a claim is believed or stands back: the rules of `resolve` told claim by claim, with nothing left out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.claims import Authority, Claim, Place
from monitor.domain.facts import NoRetirement, Retires
from monitor.domain.reconcile.ranks import agrees, compared, hear, order, part, up_to_date


class Standing(StrEnum):
    """What became of a claim: *agrees* says the same as what is believed, *disputed* is of the same rank and says otherwise."""

    BELIEVED = "believed"
    AGREES = "agrees"
    DISPUTED = "disputed"
    STANDS_BACK = "stands back"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One claim with its standing, and the rule that gave it that, in words."""

    claim: Claim
    standing: Standing
    why: str


def weigh(claims: Iterable[Claim]) -> tuple[Weighed, ...]:
    """Every claim in force about one key, by slot; in each those believed first. Order and repetition do not matter."""
    slots: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted({claim for claim in claims if claim.withdrawn_at is None}, key=order):
        slots[claim.slot].append(claim)
    return tuple(weighed for slot in sorted(slots) for weighed in sorted(_Slot(slot, slots[slot]).weighed(), key=_rank))


def _rank(weighed: Weighed) -> tuple[int, int]:
    return list(Standing).index(weighed.standing), -weighed.claim.authority


class _Slot:
    """The claims about one slot of one key, on their way to a belief."""

    def __init__(self, slot: str, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._hearing = hear(slot, claims)
        self._fresh = up_to_date(self._hearing.speaking)
        self._top, self._chosen = self._hearing.top, self._hearing.chosen

    def weighed(self) -> Iterator[Weighed]:
        """Each claim with its standing."""
        for claim in self._claims:
            if claim in self._chosen:
                yield Weighed(claim, Standing.BELIEVED, self._won(claim))
            elif compared(claim) in self._hearing.values:
                yield Weighed(claim, Standing.AGREES, f"says the same{self._behind(claim)}")
            elif claim not in self._top:
                yield Weighed(claim, Standing.STANDS_BACK, self._behind(claim).removeprefix(", but "))
            elif agrees(claim, self._chosen[0]):
                yield Weighed(claim, Standing.AGREES, "leaves room for what is believed")
            else:
                yield Weighed(claim, Standing.DISPUTED, f"of the same rank ({claim.authority.label}), says otherwise")

    def _won(self, claim: Claim) -> str:
        if len(self._claims) == 1:
            return "the only word"
        rank = f"of the highest rank that speaks ({claim.authority.label})"
        if all(agrees(other, claim) for other in self._top) or len(self._chosen) > 1:
            return rank
        return (
            f"{rank}, the earliest of those that differ" if isinstance(claim.fact, Retires) else f"{rank}, the first of those that differ"
        )

    def _behind(self, claim: Claim) -> str:
        """The first rule that set a claim back; "" for one of those that were weighed to the end."""
        if claim in self._top:
            return ""
        if claim not in self._hearing.newest[claim.source]:
            return f", but {self._older(claim)}"
        if claim not in self._fresh:
            return ", but it is an old copy, and somebody has spoken since"
        return f", but {self._outranked(claim, self._top[0].authority)}"

    def _outranked(self, claim: Claim, rank: Authority) -> str:
        if claim.authority < rank:
            return f"{claim.authority.label} stands behind {rank.label}"
        if isinstance(claim.fact, NoRetirement) and claim.authority > rank:
            return "an empty field of an API does not silence the provider's page"
        return "it is gone from its page"

    def _older(self, claim: Claim) -> str:
        """Which other part of its own page outranks a claim."""
        best = self._hearing.newest[claim.source][0]
        if best.authority != claim.authority:
            return "its page says so second-hand, and something else in its own name"
        if best.statement.place is Place.STATUS and claim.statement.place is not Place.STATUS:
            return "the status table of its page outranks it"
        return f"its source has announced something later ({part(best)[2]})"
