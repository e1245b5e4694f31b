"""Every source, in one explicit tuple; a new one is a file of its own and a line here."""

from monitor.errors import UsageError
from monitor.sources import (
    anthropic_deprecations,
    generic_page,
    mindstudio_models,
    model_pages,
    openai_deprecations,
    openai_model_pages,
    openai_models,
    openrouter_models,
    pipellm_models,
)
from monitor.sources._source import Key, Source

SOURCES: tuple[Source, ...] = (
    openai_models.SOURCE,
    openai_deprecations.SOURCE,
    openai_model_pages.SOURCE,
    anthropic_deprecations.SOURCE,
    openrouter_models.SOURCE,
    mindstudio_models.SOURCE,
    pipellm_models.SOURCE,
    model_pages.SOURCE,
    generic_page.SOURCE,
)


def find_source(key: str) -> Source:
    """The source of that key; raises UsageError for none."""
    found = next((source for source in SOURCES if source.key == key), None)
    if found is None:
        message = f"no source {key!r}; `modelwatch sources` lists them"
        raise UsageError(message)
    return found


__all__ = ["SOURCES", "Key", "Source", "find_source"]
