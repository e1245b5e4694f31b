"""Records: what a person hands in, a document or a word of one's own; each is a source that is never visited."""

from dataclasses import dataclass
from datetime import date

from monitor.domain.claims import Authority
from monitor.domain.identity import ModelKey
from monitor.domain.readings import SourceFacts, SourceKind

DOCUMENT, WORD = "recorded/", "operator/"
SHORT = 8


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says or takes back something, and why."""

    author: str
    reason: str


def document_key(provider: str, on: date, page: str) -> str:
    """The source key of a document about a provider's models, of the day *on*, by its page's hash."""
    return f"{DOCUMENT}{provider}/{on}-{page[:SHORT]}"


def is_document(key: str, provider: str, page: str) -> bool:
    """Whether *key* is that of the same document, whatever day it was given."""
    return key.startswith(f"{DOCUMENT}{provider}/") and key.endswith(f"-{page[:SHORT]}")


def word_key(about: ModelKey) -> str:
    """The source key of what operators say of one key themselves: a later word there takes the place of an earlier one."""
    return f"{WORD}{about}"


def record_facts(key: str, provider: str, authority: Authority) -> SourceFacts:
    """What the rules need to know of a record: it is never complete, and silence means nothing."""
    return SourceFacts(key, SourceKind.RECORD, provider, authority)
