"""Sentences that gave nothing although they have all that a statement needs: counted, so that nothing is missed in silence."""

import re

from monitor.parsing.foreign import ends_otherwise
from monitor.parsing.mentions import mentions
from monitor.parsing.telling import Prose, Sentence
from monitor.parsing.verbs import has_lifecycle_word

_DATED = re.compile(r"20[1-9]\d\b(?!-\D)|\d/\d{1,2}/\d")


def is_unread(sentence: Sentence, rules: Prose) -> bool:
    """Whether a lifecycle word, a day and a name stand in a sentence, or an end in another language with both."""
    words = sentence.words
    dated = (_DATED.search(words) and has_lifecycle_word(words)) or (rules.foreign and ends_otherwise(words))
    return bool(dated and mentions(words, sentence.codes, sentence.titles))
