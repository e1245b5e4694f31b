"""A lifecycle: what is believed about one key, with the claims that say so; its stage is computed for an instant."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from monitor.domain.claims import Claim
from monitor.domain.facts import AliasOf, InStage, NoRetirement, ReplacedBy, Retires, Stage, fact_value, when_of
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.when import When


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed in one slot.

    *chosen* are the claims believed (one, or one per member of a set); *since* is when any source that still says so first did;
    *disputed* are those of the same rank that say otherwise; *differences* those of a lower rank, or of an older part of the page.
    """

    chosen: tuple[Claim, ...]
    since: datetime
    disputed: tuple[Claim, ...] = ()
    differences: tuple[Claim, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The values believed, sorted, once each."""
        return tuple(sorted({fact_value(claim.fact) for claim in self.chosen}))


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What is believed about one key: a belief per slot, sorted by slot.

    *known_since* is when any source first spoke of it; *family* marks a name that stands for several models and is none itself.
    """

    key: ModelKey
    kind: Kind
    beliefs: tuple[tuple[str, Belief], ...]
    known_since: datetime
    family: bool = False

    def belief(self, slot: str) -> Belief | None:
        """What is believed in *slot*."""
        for name, belief in self.beliefs:  # a plain loop: this is asked a dozen times of every lifecycle
            if name == slot:
                return belief
        return None

    def claim(self, slot: str) -> Claim | None:
        """The (first) claim believed in *slot*."""
        belief = self.belief(slot)
        return belief.chosen[0] if belief else None

    @property
    def retires(self) -> When | None:
        """The retirement date believed, or None."""
        return self._when("retires")

    @property
    def redirects(self) -> When | None:
        """The day another model starts to answer, or None."""
        return self._when("redirects")

    @property
    def deprecated(self) -> When | None:
        """The day it was declared deprecated, or None."""
        return self._when("deprecated")

    @property
    def ends(self) -> When | None:
        """What reminders count to: the redirect where it comes first, else the retirement; a promise only where no other date is known."""
        redirects, retires = self.redirects, self.retires
        if redirects is None:
            return retires
        return redirects if retires is None or self.promised else min(redirects, retires, key=lambda when: when.first_day)

    @property
    def soft(self) -> bool:
        """Whether what reminders count to is no more than a promise."""
        return self.promised and self.redirects is None

    @property
    def promised(self) -> bool:
        """Whether the retirement date only promises that it will not happen earlier."""
        claim = self.claim("retires")
        return claim is not None and isinstance(claim.fact, Retires) and claim.fact.promise

    @property
    def cancelled(self) -> bool:
        """Whether the believed word is that there is no date."""
        claim = self.claim("retires")
        return claim is not None and isinstance(claim.fact, NoRetirement)

    @property
    def unconfirmed(self) -> bool:
        """Whether the row with the date is gone from two good readings."""
        claim = self.claim("retires")
        return claim is not None and claim.gone_at is not None

    @property
    def replacements(self) -> tuple[str, ...]:
        """The recommended replacements, as printed."""
        belief = self.belief("replaced_by")
        return tuple(claim.fact.model for claim in belief.chosen if isinstance(claim.fact, ReplacedBy)) if belief else ()

    @property
    def snapshot(self) -> str | None:
        """The snapshot this name points to, if it is an alias."""
        claim = self.claim("alias_of")
        return claim.fact.snapshot if claim and isinstance(claim.fact, AliasOf) else None

    @property
    def printed_stage(self) -> Stage | None:
        """The state word believed, if any source prints one."""
        claim = self.claim("stage")
        return claim.fact.stage if claim and isinstance(claim.fact, InStage) else None

    @property
    def listed(self) -> bool:
        """Whether the provider offers it."""
        claim = self.claim("listed")
        return claim is not None and claim.gone_at is None

    @property
    def delisted_at(self) -> datetime | None:
        """When its absence from a complete listing was confirmed."""
        claim = self.claim("listed")
        return claim.gone_at if claim else None

    @property
    def disputed_slots(self) -> tuple[str, ...]:
        """The slots in which sources of one rank disagree."""
        return tuple(name for name, belief in self.beliefs if belief.disputed)

    @property
    def announced(self) -> bool:
        """Whether its end has been announced."""
        return self.announced_in is not None

    @property
    def announced_in(self) -> str | None:
        """The slot that announces its end: a deprecation day, a state word, a redirect, or a date that is more than a promise."""
        if self.deprecated:
            return "deprecated"
        if self.printed_stage in {Stage.DEPRECATED, Stage.RETIRED}:
            return "stage"
        if self.redirects:
            return "redirects"
        return "retires" if self._scheduled else None

    def ended_at(self, now: datetime) -> datetime | None:
        """Since when it is retired by its date or on a page's word, as far as known at *now*; None while it is not."""
        stage, when = self.claim("stage"), self.retires
        moments = [when.last_moment] if when and not when.is_floor else []
        if stage and self.printed_stage is Stage.RETIRED:
            moments.append(stage.first_seen_at)
        return min((moment for moment in moments if moment <= now), default=None)

    def retired_at(self, now: datetime) -> datetime | None:
        """Since when it is retired: ended, or gone from a complete listing; None while it is not."""
        moments = [moment for moment in (self.ended_at(now), self.delisted_at) if moment and moment <= now]
        return min(moments, default=None)

    def stage_on(self, now: datetime) -> Stage:
        """Its stage at the aware UTC instant *now*."""
        if self.retired_at(now):
            return Stage.RETIRED
        if self.announced:
            return Stage.DEPRECATED
        return self.printed_stage or (Stage.ACTIVE if self.listed else Stage.UNKNOWN)

    def overdue(self, today: date) -> bool:
        """Whether an announced "as early as" date has passed without word of the end."""
        when = self.retires
        return when is not None and when.is_floor and not self.promised and when.days_left(today) < 0

    def claims(self) -> tuple[Claim, ...]:
        """Every claim that any belief mentions."""
        return tuple(chain.from_iterable((*belief.chosen, *belief.disputed, *belief.differences) for _, belief in self.beliefs))

    @property
    def _scheduled(self) -> bool:
        """Whether the retirement date is announced; an exact day that its page prints beside "active" (Azure, for every model) is not."""
        stage, dated, when = self.claim("stage"), self.claim("retires"), self.retires
        if dated is None or when is None or self.promised:
            return False
        beside_active = stage is not None and self.printed_stage is Stage.ACTIVE and stage.source == dated.source
        return when.is_floor or not beside_active

    def _when(self, slot: str) -> When | None:
        claim = self.claim(slot)
        return when_of(claim.fact) if claim else None
