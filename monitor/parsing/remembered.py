"""Pure functions of a sentence that several readers ask the same: the last answers are kept, those about short texts only."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

SHORT = 2000  # characters: what is kept stays small however hostile a page is
MOST = 1024


def remembered(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """*function*, which must be pure and return what nobody changes, asked once for the same short text and arguments."""
    kept = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def again(text: str, *args: P.args, **kwargs: P.kwargs) -> T:
        return kept(text, *args, **kwargs) if len(text) <= SHORT else function(text, *args, **kwargs)  # type: ignore[arg-type]

    return cast("Callable[Concatenate[str, P], T]", again)
