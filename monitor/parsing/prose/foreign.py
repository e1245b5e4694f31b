"""Ends told in languages that are not read here: found only to be counted, never to be believed."""

import re

_STEMS = (
    *("abgeschalt", "abschalt", "eingestellt", "einstellung", "entfernt", "ausgemuster", "abgek\u00fcndigt", "au\u00dfer betrieb"),
    *("retir\u00e9", "retirer", "retrait", "supprim", "obsol\u00e8te", "fin de vie", "mis hors service", "d\u00e9sactiv", "prendra fin"),
    *("retirad", "retirar", "descontinu", "discontinuad", "desactiv", "desativ", "aposentad", "dejar\u00e1 de", "dismess", "ritirat"),
    *("\u7ec8\u6b62", "\u7d42\u4e86", "\u5ec3\u6b62", "\u5f15\u9000", "\u505c\u6b62", "\u505c\u7528", "\u505c\u670d", "\u5173\u505c"),
    *(
        "\u4e0b\u7ebf",
        "\u4e0b\u7dda",
        "\u5f03\u7528",
        "\u68c4\u7528",
        "\u9000\u5f79",
        "\u6dd8\u6c70",
        "\uc885\ub8cc",
        "\uc911\ub2e8",
        "\u0437\u0430\u0432\u0435\u0440\u0448",
    ),
    *("\u043e\u0442\u043a\u043b\u044e\u0447", "\u043f\u0440\u0435\u043a\u0440\u0430"),
)
_APART = 300  # characters from one "the" to the next: in English prose there are 100
_MONTH = r"(?:jan|ene|feb|f\u00e9v|fev|m\u00e4r|mar|avr|abr|apr|mai|may|jun|jui|jul|ao|ago|aug|sep|okt|oct|out|nov|dez|d\u00e9c|dic)"
_DAY = re.compile(rf"\b20\d\d(?!\d)|\d\s*[\u6708\u65e5\uc6d4\uc77c]|\b\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}", re.IGNORECASE)


def may_end_otherwise(text: str) -> bool:
    """Whether a page, in lower case, that is hardly English has a word of an end in another language."""
    return text.count(" the ") * _APART < len(text) and any(map(text.__contains__, _STEMS))


def ends_otherwise(text: str) -> bool:
    """Whether a text tells in another language of an end and of a day."""
    return any(map(text.casefold().__contains__, _STEMS)) and _DAY.search(text) is not None
