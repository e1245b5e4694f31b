"""Words: a value with whose it is, since when, and what proves it."""

from monitor.domain.claims import Authority, Origin
from monitor.domain.facts import fact_name
from monitor.formats.json_lines import Record
from monitor.formats.text import date_words
from monitor.queries.views import Word

WORD_COLUMNS = ("FACT", "VALUE", "PROVIDER", "MODEL", "SCOPE", "AUTHORITY", "SOURCE", "SINCE", "QUOTE")


def word_record(word: Word) -> Record:
    """A value with its evidence; dates with their bound and instant."""
    claim, when = word.claim, word.when
    dates = {"bound": when.bound, "at": when.at} if when else {}
    promise = {"promise": True} if getattr(claim.fact, "promise", False) else {}
    missing = {"unconfirmed_since": claim.gone_at} if claim.gone_at else {}
    inherited = {"inherited_from": word.inherited_from} if word.inherited_from else {}
    inferred = {"inferred_from": claim.inferred_from} if claim.inferred_from else {}
    operator = claim.authority is Authority.OPERATOR
    author = {"author": claim.origin.author} if claim.origin.author or operator else {}
    reason = {"reason": claim.statement.quote, "expires_on": claim.origin.expires_on} if operator else {}
    bundled = {"bundled": True, "as_of": claim.origin.as_of} if claim.origin.as_of else {}
    return {
        "value": word.value,
        **dates,
        "authority": claim.authority.label,
        "source": claim.source,
        "quote": claim.statement.quote,
        "url": claim.url,
        "page": claim.page,
        "said_on": claim.statement.said_on.value if claim.statement.said_on else None,
        "first_seen_at": claim.first_seen_at,
        **promise,
        **missing,
        **inherited,
        **inferred,
        **author,
        **reason,
        **bundled,
    }


def full_record(word: Word) -> Record:
    """The same, with the fact and the key it is about."""
    key = word.claim.key
    about = {"fact": fact_name(word.claim.fact), "provider": key.provider, "model": key.model, "scope": key.scope.as_dict()}
    return {**about, **word_record(word)}


def word_row(word: Word) -> tuple[str, ...]:
    """One row under `WORD_COLUMNS`."""
    claim = word.claim
    key = claim.key
    about = (fact_name(claim.fact), word_text(word), key.provider, key.model, str(key.scope))
    return (*about, claim.authority.label, claim.source, f"{claim.first_seen_at:%Y-%m-%d}", claim.statement.quote)


def word_text(word: Word) -> str:
    """The value, with everything that narrows how far it goes."""
    promise = bool(getattr(word.claim.fact, "promise", False))
    value = date_words(word.when, promise=promise) if word.when else word.value
    return f"{value}{way(word)}" if value else way(word).strip(" ,")


def way(word: Word) -> str:
    """How a word came here, where that was not by a visit about this very key."""
    inherited = f", taken over from {word.inherited_from}" if word.inherited_from else ""
    inferred = f", inferred from the family {word.claim.inferred_from}" if word.claim.inferred_from else ""
    return inherited + inferred + brought(word.claim.origin)


def brought(origin: Origin) -> str:
    """Who handed a word in and how long it counts, or how old it is if a release brought it along."""
    by = f", on the word of {origin.author}" if origin.author else ""
    until = f" until {origin.expires_on}" if origin.expires_on else ""
    bundled = f", as of {origin.as_of:%Y-%m-%d}, bundled" if origin.as_of else ""
    return by + until + bundled
