"""Sentences and list items that gave nothing although they have what a statement needs: counted, so that nothing is missed in silence."""

import re

from monitor.domain.claims import Skipped
from monitor.parsing.dates import find_dates
from monitor.parsing.documents import Text
from monitor.parsing.naming.mentions import mentions, names_in
from monitor.parsing.prose.foreign import ends_otherwise
from monitor.parsing.prose.sentences import LONGEST
from monitor.parsing.prose.telling import Prose, Sentence
from monitor.parsing.prose.verbs import has_lifecycle_word
from monitor.parsing.tables.rows import SHOWN, carried

_REASON = "a sentence with a lifecycle word, a day and a name, and no statement"
_DATED = re.compile(r"20[1-9]\d\b(?!-\D)|\d/\d{1,2}/\d")


def is_unread(sentence: Sentence, rules: Prose) -> bool:
    """Whether a lifecycle word, a day and a name stand in a sentence, or an end in another language with both."""
    words = sentence.words
    dated = (_DATED.search(words) and has_lifecycle_word(words)) or (rules.foreign and ends_otherwise(words))
    return bool(dated and mentions(words, sentence.codes, sentence.titles))


def unread_sentence(words: str) -> Skipped:
    """Such a sentence as a row of what was skipped."""
    return Skipped(words[:SHOWN], _REASON, "sentence", aside=True)


def unread_item(text: Text, rules: Prose, *, tabled: bool) -> list[Skipped]:
    """An item without a statement, if it carries a date or a lifecycle word, or tells of an end in another language."""
    return _passed_over(text, tabled=tabled) or _otherwise(text, rules)


def _otherwise(text: Text, rules: Prose) -> list[Skipped]:
    told = rules.foreign and ends_otherwise(text.plain) and bool(names_in(text.plain, text.codes))
    return [unread_sentence(text.plain)] if told else []


def _passed_over(text: Text, *, tabled: bool) -> list[Skipped]:
    """An item without a statement, if it carries a date or a lifecycle word; beside a table it promises no news."""
    reason = carried(text.plain) if len(text.plain) <= LONGEST else ""
    if not reason:
        return []
    news = not tabled and _promises_news(text)
    return [Skipped(text.plain[:SHOWN], f"a list item with {reason}, and no statement", "item", aside=not news)]


def _promises_news(text: Text) -> bool:
    return has_lifecycle_word(text.plain) and bool(find_dates(text.plain)) and bool(names_in(text.plain, text.codes))
