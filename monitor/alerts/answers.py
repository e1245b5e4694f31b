"""What a service answered over HTTP: the one thing Apprise tells nobody is how long it was asked to wait.

Apprise's plugins call `requests` themselves and drop the answer. `requests` makes each of its sessions with the adapter class that
`requests.sessions` names, and an adapter is where requests lets answers be listened to; nothing else in this program uses requests.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import requests
from requests import adapters, sessions

_LONGEST = 200  # characters of a header that go on; a date has 29


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, and what it says in Retry-After ("" for nothing)."""

    status: int
    retry_after: str = ""


heard: ContextVar[list[Answer] | None] = ContextVar("heard", default=None)  # where the attempt in this thread wants its answers


class _Listening(adapters.HTTPAdapter):
    """Hands each answer to the attempt it belongs to."""

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - whatever requests hands over
        """As before, and listen."""
        response = super().send(*args, **kwargs)
        answers = heard.get()
        if answers is not None:
            answers.append(Answer(response.status_code, (response.headers.get("Retry-After") or "")[:_LONGEST]))
        return response


def listen() -> None:
    """From now on answers reach `heard`; safe to repeat."""
    sessions.HTTPAdapter = _Listening  # type: ignore[attr-defined] # the seam; the types do not export it
