"""Every series of captures, each with what it states by other means than the readers."""

import itertools
from collections.abc import Iterator

from replaying.by_hand import anthropic
from replaying.captures import CAPTURES, Series
from replaying.catalogues import litellm, models_dev, tracker
from replaying.listings import LISTINGS, listing


def every_series() -> Iterator[Series]:
    """All of them; none without the captures."""
    if not CAPTURES.is_dir():
        return
    yield anthropic()
    yield from itertools.starmap(listing, LISTINGS)
    yield models_dev("models.dev", "models-dev/listing", "series/models-dev/api-json")
    yield models_dev("models.dev (basellm)", "series/models-dev/basellm-all-json")
    yield tracker("deprecations.info api", "series/deprecations-info/api-v1")
    yield tracker("deprecations.info data", "series/deprecations-info/data")
    yield litellm()
