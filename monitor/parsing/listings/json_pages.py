"""JSON pages: a body as an object or a list, amounts as they are printed; or why it is none."""

from typing import Any

import msgspec

from monitor.domain.pages import Page
from monitor.parsing.documents import decode

Json = dict[str, Any] | list[Any]
_SHOWN = 200


class Amount(str):
    """A number with a point, as it is printed."""

    __slots__ = ()


def decoded(page: Page) -> Json | str:
    """The JSON of a page, or why it is none; numbers with a point are Amounts. Raises Undecodable for bytes that are no text."""
    text = decode(page.body, page.content_type)
    try:
        whole = msgspec.json.Decoder(float_hook=Amount).decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        return f"not JSON: {error}"
    return whole if isinstance(whole, dict | list) else "not JSON: neither an object nor a list"


def encoded(value: object) -> str:
    """A value as JSON text, its amounts as they were printed."""
    return msgspec.json.encode(value, enc_hook=_amount).decode("utf-8", "replace")


def shown(item: object) -> str:
    """The beginning of a value as JSON, for a row that could not be read."""
    return encoded(item)[:_SHOWN]


def _amount(value: object) -> msgspec.Raw:
    return msgspec.Raw(str(value).encode())
