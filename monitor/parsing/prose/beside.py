"""Prose beside a table: what it adds that the table has no column for, and what it says of all the table's models."""

import re
from collections.abc import Iterator

from msgspec import structs

from monitor.domain.claims import Statement
from monitor.domain.facts import InStage, Redirects, Released, ReplacedBy, Retires, Stage
from monitor.domain.identity import Kind
from monitor.parsing.dates import find_dates
from monitor.parsing.documents import Text
from monitor.parsing.naming.names import is_id
from monitor.parsing.prose.clauses import date_of
from monitor.parsing.prose.sentences import LONGEST, sentences
from monitor.parsing.prose.verbs import Act, has_lifecycle_word, verbs
from monitor.parsing.screened import Screened

_THESE = re.compile(r"^\W*(?:this|these|both|all\s+(?:of\s+)?these)\s+(?:\w+\s+)?(?:model|snapshot|version|alias)(?:e?s)?\b", re.IGNORECASE)
_THIS = Screened(r"\b(?:this|these|both|all)\b", "this", "these", "both", "all")


def may_add(text: Text) -> bool:
    """Whether a callout beside a table may say what the table does not."""
    return bool(text.codes) or has_lifecycle_word(text.plain)


def adds(statement: Statement, text: Text) -> bool:
    """Beside a table, prose only adds what the table has no column for, of names in code."""
    if isinstance(statement.fact, Released):
        return is_id(statement.key.model)
    if not isinstance(statement.fact, Redirects | ReplacedBy) or statement.key.model not in text.codes:
        return False
    return not isinstance(statement.fact, ReplacedBy) or (statement.fact.model in text.codes and "in favor of" in statement.quote)


def about_these(text: Text, models: list[Statement]) -> Iterator[Statement]:
    """ "These models were retired October 28, 2025." speaks of every model of the section's table."""
    for sentence in sentences(text.plain) if models and len(text.plain) <= LONGEST and _THIS.search(text.plain) else ():
        acts = verbs(sentence) if _THESE.match(sentence) else ()
        end = next((index for index, verb in enumerate(acts) if verb.act is Act.END), None)
        if end is None:
            continue
        date = date_of(sentence, acts, end, find_dates(sentence))
        subjects = {statement.key: statement for statement in models if statement.kind is Kind.MODEL}
        for statement in subjects.values():
            if date:
                yield structs.replace(statement, fact=Retires(date.when), quote=sentence)
            if acts[end].state:
                yield structs.replace(statement, fact=InStage(Stage.RETIRED), quote=sentence)
