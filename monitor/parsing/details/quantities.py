"""Amounts on model pages: tokens, prices per million tokens, knowledge cutoffs, modalities."""

import re
from decimal import Decimal

from monitor.errors import UnreadableDate
from monitor.parsing.dates import find_dates, read_date

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
TOKENS = re.compile(rf"(?<![\w$.,])(?P<number>{_NUMBER})\s*(?P<unit>[KkMm](?![a-z])|million|thousand)?(?=[\s\-,.;)]|$)")
MONEY = re.compile(r"\$\s?(?P<amount>\d[\d,]*(?:\.\d+)?|\.\d+)")
_UNITS = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_PER_THOUSAND = re.compile(r"^\s*(?:/|per)\s*(?:1\s?K|1,000|thousand)\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_RANGE = re.compile(rf"\b({_MONTH})\s*(?:[-\u2010-\u2015]|to|through)\s*({_MONTH}),?\s+(20\d\d)\b", re.IGNORECASE)
_MODALITY = re.compile(r"\b(text|image|audio|video|file|pdf)s?\b", re.IGNORECASE)
MAX_TOKENS = 1_000_000_000
_DIGITS = 12  # before or behind the point; what has more is no price
_DECIMALS = 8  # 0.18000000000000002 is a float's way of writing 0.18


def tokens_in(text: str) -> tuple[int, bool] | None:
    """The first token count in a text and whether it is rounded ("128K", "1 million"); None where there is none."""
    found = TOKENS.search(text)
    if not found:
        return None
    unit = (found["unit"] or "").casefold()
    amount = int(Decimal(found["number"].replace(",", "")) * _UNITS[unit])
    return (amount, bool(unit)) if 0 < amount <= MAX_TOKENS else None


def rounds_to(exact: int, rounded: int) -> bool:
    """Whether *rounded* is *exact* in thousands or millions: 1,047,576 is "1048K", "1,047K" and "1M"."""
    return any(abs(exact - rounded) < unit and rounded % unit == 0 for unit in (1_000, 1_000_000) if exact >= unit)


def price_in(text: str) -> str | None:
    """The first price in a text as USD per million tokens; None where there is none."""
    found = MONEY.search(text)
    if not found:
        return None
    factor = 1000 if _PER_THOUSAND.match(text[found.end() :]) else 1
    return plain_number(Decimal(found["amount"].replace(",", "")) * factor)


def per_million(price: str, tokens: int = 1) -> str | None:
    """A price for so many tokens as USD per million; None for what is no price ("-1" means "varies")."""
    try:
        amount = Decimal(price) * 1_000_000 / tokens
    except ArithmeticError:
        return None
    if not amount.is_finite() or amount < 0 or abs(amount.adjusted()) > _DIGITS:
        return None
    return plain_number(round(amount, _DECIMALS))


def plain_number(amount: Decimal) -> str:
    """The shortest plain notation: `0.4`, `150`, `0.075`."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cutoff_in(text: str) -> str | None:
    """A knowledge cutoff: a day, a month, or a range of months as `2024-05/2024-06`."""
    span = _RANGE.search(text)
    if span:
        first, last, year = span.groups()
        try:
            return f"{read_date(f'{first} {year}').value}/{read_date(f'{last} {year}').value}"
        except UnreadableDate:
            return None
    dates = find_dates(text)
    return dates[0].when.value if dates else None


def modalities_in(text: str) -> tuple[str, ...]:
    """The modalities named in a text, in the singular, once each."""
    return tuple(dict.fromkeys(word.casefold() for word in _MODALITY.findall(text)))


def only_modalities(text: str) -> tuple[str, ...]:
    """The modalities, where the text is nothing but a list of them."""
    return modalities_in(text) if not re.sub(r"\b(?:and|or)\b|[,;/·•+&]|\s", "", _MODALITY.sub("", text), flags=re.IGNORECASE) else ()
