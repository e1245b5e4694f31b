"""What events a series must bring, by DESIGN's rules in a few lines of their own, and how those that came compare."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from replaying.captures import Series, View, number

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
from monitor.domain.identity import Kind

DATES = {"retires", "announced"}
PRICES = {"input_price", "output_price", "context_window"}
KINDS = {
    EventKind.MODEL_LISTED: "listed",
    EventKind.MODEL_DELISTED: "delisted",
    EventKind.RETIREMENT_SCHEDULED: "retires",
    EventKind.RETIREMENT_MOVED: "retires",
    EventKind.RETIREMENT_REFINED: "retires",
    EventKind.DEPRECATION_ANNOUNCED: "announced",
    EventKind.REPLACEMENT_NAMED: "replaced_by",
    EventKind.REPLACEMENT_CHANGED: "replaced_by",
}
NEVER = {EventKind.RETIREMENT_CANCELLED, EventKind.RETIREMENT_UNCONFIRMED, EventKind.CLAIM_CORRECTED}
UNJUDGED = FROM_CALENDAR | {EventKind.DISPUTE_OPENED, EventKind.DISPUTE_CLOSED, EventKind.ALIAS_MOVED, EventKind.REDIRECT_SCHEDULED}
News = tuple[str, str, str]  # what is said, of which model, the new value
Told = list[tuple[int, News]]  # with the number of the capture


@dataclass
class Score:
    """Counts of one or more replays; *delays* in captures, from the one that first said it; *late* came after the next good capture."""

    runs: int = 0
    captures: int = 0
    hurt: int = 0
    unnoticed: int = 0
    held_back: int = 0
    right: int = 0
    missed: list[object] = field(default_factory=list)
    false: list[object] = field(default_factory=list)
    wrong_days: list[object] = field(default_factory=list)
    late: list[object] = field(default_factory=list)
    delays: Counter[int] = field(default_factory=Counter)
    about_sources: int = 0
    unjudged: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})

    @property
    def met(self) -> bool:
        """Whether nothing is missed, false, late or of a wrong day."""
        return not (self.missed or self.false or self.wrong_days or self.late)


def expected(views: Sequence[View | None]) -> Told:
    """The news of a series, of which some captures (None) say nothing: a value other than the last one stated (the first price is
    none); an absence that two complete listings in a row show. The first capture is where everything starts, and no news.
    """
    state: dict[tuple[str, str], str] = {}
    missing: set[tuple[str, str]] = set()
    told: Told = []
    for at, view in enumerate(views):
        if view is None:
            continue
        news = {slot: value for slot, value in view.stated.items() if state.get(slot) != value}
        told += [(at, (*slot, value)) for slot, value in news.items() if at and (slot in state or slot[0] not in PRICES)]
        state |= news
        missing -= view.stated.keys()
        absent = {slot for slot in state if slot[0] == "listed"} - view.stated.keys() if view.complete else set()
        gone = absent & missing
        told += [(at, ("delisted", model, "")) for _, model in sorted(gone)]
        missing = (missing | absent) - gone
        state = {slot: value for slot, value in state.items() if slot not in gone}
    return told


def told_by(series: Series, events: Sequence[tuple[int, Event]]) -> tuple[Told, Score]:
    """The events that can be compared, and a score that counts the others; those of the first capture are where everything starts."""
    score, told = Score(), []
    for at, event in events:
        slot = KINDS.get(event.kind, event.fact)
        model = series.named(event.key.provider, event.key.model)
        if event.kind in ABOUT_SOURCES:
            score.about_sources += 1
        elif event.kind in NEVER or (slot == "delisted" and not series.is_listing):
            score.false.append((at, event.kind.value, model, event.after))
        elif event.kind in UNJUDGED or event.subject is Kind.SERVICE or not model or slot.removeprefix("de") not in series.slots:
            score.unjudged += bool(at)
        elif at:
            told.append((at, (slot, model, number(event.after) if slot in PRICES else event.after)))
    return told, score


def compared(clean: Told, due: Told, told: Told, series: Series) -> Score:
    """*told* against what is *due*; news that the undamaged captures bring by then is right, as often as they bring it."""
    score = Score()
    clean_at, due_at, told_at = (_instants(one) for one in (clean, due, told))
    stated = _stated_dates(series)
    for at, news in told:
        by_then = max(_until(clean_at[news], at), _until(due_at[news], at), key=len)
        if len(_until(told_at[news], at)) <= len(by_then):
            score.right += 1
            score.delays[at - by_then[-1]] += 1
        else:
            score.false.append((at, *news))
        if news[0] in DATES and news[2] and news not in stated:
            score.wrong_days.append((at, *news))
    for at, news in due:
        if len(told_at[news]) < len(due_at[news]):
            score.missed.append((at, *news))
        elif len(_until(told_at[news], at)) < len(_until(due_at[news], at)):
            score.late.append((at, *news))
    return score


def _instants(told: Told) -> dict[News, list[int]]:
    """By piece of news, the captures that bring it."""
    found: dict[News, list[int]] = defaultdict(list)
    for at, news in told:
        found[news].append(at)
    return found


def _until(instants: list[int], last: int) -> list[int]:
    return [at for at in instants if at <= last]


def _stated_dates(series: Series) -> set[News]:
    """Every date that any capture states."""
    return {(*slot, value) for view in series.views for slot, value in view.stated.items() if slot[0] in DATES}
