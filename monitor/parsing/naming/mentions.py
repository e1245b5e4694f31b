"""Who a sentence speaks of: model names, services and fine-tunes, each with its place."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import pairwise

from msgspec.structs import replace

from monitor.domain.identity import Kind
from monitor.parsing.dates import find_dates
from monitor.parsing.naming.mention_kinds import FINE_TUNING, Mention, served, tuned
from monitor.parsing.naming.named_twice import ids_stand_for_titles, once, versioned
from monitor.parsing.naming.names import DISPLAY_NAME, has_digit, is_display_name, is_id, is_service
from monitor.parsing.naming.occurrences import whole_places
from monitor.parsing.prose.verbs import has_lifecycle_word
from monitor.parsing.remembered import remembered
from monitor.parsing.screened import words_of

_TOKEN = re.compile(
    r"(?<![\w/.@-])(?:[a-z][\w.:/-]*\d[\w.:/-]*|[A-Z][A-Za-z]*\d*(?:\.\d+)?-(?:[\w.]+-)*[\w.]*\d[\w.:/-]*|[A-Z][A-Za-z]*/[A-Za-z][\w.:-]*\d[\w.:-]*|[A-Z][a-z]+\d+(?:\.\d+)*\+?)(?<![.:/-])"
)
_ORDINARY = frozenset(  # words that are part of no name, however a sentence or a title begins
    words_of(
        "the a an in on as of to for and or both all our your from since after before effective please new older only retiring"
        " starting beginning deprecated deprecating removed removing openai anthropic google meta microsoft today with update note"
        " model models legacy unlike like than will does did requests users while when also access support preview alongside"
        " besides among including meanwhile however though although whereas instead plus via through without by until once because"
        " if his its their this that these those now later earlier previously currently finally first second next last most some"
        " many every each am ab im bis seit vom zum der die das den le la les el los las em du au desde hasta depuis"
        " two three four five six seven eight nine ten several various certain"
    )
)
_NUMBERED = re.compile(
    r"\b[A-Z][a-z]+\d+(?:\.\d+)*(?:[ -](?:[A-Z][A-Za-z]*\d*[A-Za-z]*|\d+(?:[.x]\d+)*[A-Za-z]*|mini|nano|pro|flash|lite|turbo|preview)\b)+"
)
_SOFTWARE = re.compile(
    r"(?:(?:Amazon|AWS|NVIDIA|Nvidia|Azure|AMD|Apple|Intel|Tesla|Cloudflare|Phase|Section|Step|Table|Figure|Appendix|Tier|Windows) [A-Z]\d+"
    r"|Ubuntu|Debian|CentOS|RHEL|Fedora|Linux|Windows|macOS|iOS|Android|Python|Node(?:\.?js)?|Java|PHP|Ruby|Rust|Perl|TypeScript|Kubernetes|Docker"
    r"|PostgreSQL|MySQL|MariaDB|MongoDB|Redis|OpenSSL|TLS|CUDA|Chrome|Firefox|Safari|Django|React|Angular"
    r"|Postgres|PyTorch|TensorFlow|JAX|Terraform|Elasticsearch|Spark|Kafka|Airflow|Jupyter|Helm|Ansible|Nginx|Apache|Hadoop|Office|Edge)\b"
)
_DASHED = re.compile(
    r"\s[-\u2013]\s[A-Z][a-z]+(?=\s+(?:models?|is|was|will|has|enter(?:s|ed)?|reach(?:es|ed)?)\b)"
)  # "Acme Text 1 - Express model"
_NO_NAME = re.compile(  # versions, and the regions of clouds
    r"v?\d+(?:\.\d+)*"
    r"|(?:us|eu|ap|ca|sa|me|af|il|mx|cn|asia|europe|australia|africa|(?:north|south)america)-(?:gov-|iso\w?-)?(?:north|south|east|west|central)\w*-?\d+",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(  # what is numbered wherever people write
    r"(?:\S+\s+){0,3}?(?:Stage|Phase|Step|Section|Article|Chapter|Part|Level|Tier|Zone|Room|Building|Version|Release|Page|Figure|Table|Appendix|Annex|Day|Week"
    r"|Month|Year|Quarter|Q|Season|Episode|Round|Group|Team|Class|Option|Item|Note|Rule|Question|Answer|Case|Milestone|Sprint|Wave|Batch|Top|Number|No"
    r"|Issue|Ticket|Series|SDK|CLI|App|Plan|HTTP|Error|Code|Status|Port|Web|Industry|Act|Title|Volume|Vol|Lesson|Tip|Reason|Point|Priority|Severity)\s+\d"
)
DAY = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|januar|februar|m\u00e4rz|mai|juni|juli|oktober|dezember|janvier|f\u00e9vrier|mars|avril|juin|juillet|ao\u00fbt|septembre|octobre|novembre"
    r"|d\u00e9cembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day)\b\.?[\s,]+\d+(?:st|nd|rd|th)?",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"(?:\s+models?)?\s*[:\u2013\u2014-]\s+(?:deprecat|retir|remov|shut|sunset|discontinu|decommission|eol\b|end\s+of)", re.IGNORECASE
)
_PLAIN_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_API = re.compile(r"(?<=\w)\s+APIs?$")  # "requests to the X 3.3 API": the model's
_WORD = re.compile(r"[A-Za-z][\w.-]*")
_NEXT_WORD = re.compile(r"\s*\S+\s+")
__all__ = ["DAY", "FINE_TUNING", "Mention", "members", "mentions", "names_in"]

_MOST_WORDS = 6  # of a link that is a name
_LONGEST = 2000  # characters of what can still be a run of records


def names_in(sentence: str, codes: tuple[str, ...] = ()) -> tuple[tuple[str, int, int], ...]:
    """The model names in a sentence with their places; an id in brackets behind a display name stands for both."""
    found = once(mentions(sentence, codes))
    return tuple((name.name, name.start, name.end) for name in found if name.kind is Kind.MODEL)


@remembered
def mentions(sentence: str, codes: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> tuple[Mention, ...]:
    """Everything named in a sentence, in order: *codes* are the code spans of its paragraph, *titles* the texts of its links."""
    if not codes and not has_digit(sentence):
        return ()  # every name but those in code has a number in it
    found = [*_coded(sentence, codes), *_titled(sentence, titles), *_tokens(sentence), *_displayed(sentence)]
    widest: list[Mention] = []
    for name in sorted(found, key=lambda item: (item.start, -item.end)):
        if not widest or name.start >= widest[-1].end:
            widest.append(name)
    return versioned(sentence, list(tuned(sentence, served(sentence, ids_stand_for_titles(sentence, widest)))))


def records(sentence: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """A run of records as several: "A - deprecated May 1, retired June 1 B - deprecated May 2"; any other sentence whole."""
    if len(sentence) > _LONGEST or len(_RECORD.findall(sentence)) < len(("one", "another")):
        return (sentence,)
    starts = [name.start for name in mentions(sentence, codes) if _RECORD.match(sentence, name.end)]
    cuts = [0, *starts[1:], len(sentence)]
    return tuple(sentence[low:high].rstrip() for low, high in pairwise(cuts))


def members(name: Mention, listed: Collection[str]) -> Iterator[Mention]:
    """The models that a name stands for: itself, or the listed ones of its series; none for a family."""
    within = [other for other in listed if other.casefold().startswith(f"{name.name.casefold()}-")] if name.series else []
    if within:
        yield from (replace(name, name=other) for other in within)
    elif not name.group:
        yield name


def _coded(sentence: str, codes: Collection[str]) -> Iterator[Mention]:
    for code in dict.fromkeys(codes):
        if _PLAIN_DAY.fullmatch(code):
            continue  # a day, or a version that is called by its day
        for start, end in whole_places(sentence, code):
            if is_id(code) or is_display_name(code) or _parameter(sentence, code, end) or _of_tuning(sentence, code):
                kind = Kind.SERVICE if is_service(code) else Kind.MODEL
                yield Mention(code, start, end, kind)


def _parameter(sentence: str, code: str, end: int) -> bool:
    """Whether a word in code is one of "the `a` and `b` parameters"."""
    return bool(_WORD.fullmatch(code)) and bool(re.search(r"\bparameters?\b|\bfields?\b", sentence[end : end + 80], re.IGNORECASE))


def _of_tuning(sentence: str, code: str) -> bool:
    return bool(_WORD.fullmatch(code)) and bool(re.search(r"\bfine-?tuning\s+(?:for|of)\b", sentence, re.IGNORECASE))


def _titled(sentence: str, titles: Collection[str]) -> Iterator[Mention]:
    for title in titles:
        text = " ".join(title.split())
        words = text.split()
        if has_digit(text) and words[0][0].isupper() and len(words) <= _MOST_WORDS and not is_service(text) and not find_dates(text):
            yield from (Mention(text, start, end) for start, end in whole_places(sentence, text))


def _tokens(sentence: str) -> Iterator[Mention]:
    for at in _TOKEN.finditer(sentence):
        text = at.group()
        if (is_id(text) or text.endswith("+")) and not _NO_NAME.fullmatch(text) and not is_service(text) and not find_dates(text):
            yield Mention(text, at.start(), at.end())


def _displayed(sentence: str) -> Iterator[Mention]:
    dates = find_dates(sentence)
    ends = [date.end for date in dates]
    for at in (*DISPLAY_NAME.finditer(sentence), *_NUMBERED.finditer(sentence)):
        if not has_digit(at.group()):
            continue
        start = at.start() + _skipped_words(at.group())
        beside = bisect_right(ends, start)  # the first date that ends behind the name's start
        dated = beside < len(dates) and dates[beside].start < at.end()
        text = _API.sub("", sentence[start : at.end()].rstrip("."))
        shaped = has_digit(text) and (is_display_name(text) or at.re is _NUMBERED)
        if shaped and not dated and not DAY.fullmatch(text) and not (_SOFTWARE.match(text) or _STRUCTURE.match(text)):
            yield _whole(sentence, start, start + len(text))


def _whole(sentence: str, start: int, end: int) -> Mention:
    """A display name with the word that a dash sets apart."""
    behind = _DASHED.match(sentence, end)
    end = behind.end() if behind else end
    return Mention(sentence[start:end], start, end)


def _skipped_words(text: str) -> int:
    """How many letters of ordinary words stand before a display name ("Retiring GPT-4o")."""
    skipped = 0
    while (word := _NEXT_WORD.match(text, skipped)) and (word.group().strip().casefold() in _ORDINARY or has_lifecycle_word(word.group())):
        skipped = word.end()
    return skipped
