"""Model and version in one name."""

import pytest

from monitor.parsing.versions import dated


@pytest.mark.parametrize(
    ("name", "model", "scope"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o", "version=2024-08-06"),
        ("o1-2024-12-17", "o1", "version=2024-12-17"),
        ("gpt-4.1-2025-04-14-text", "gpt-4.1-2025-04-14-text", ""),
        ("DeepSeek-V3-0324", "DeepSeek-V3-0324", ""),
        ("Cohere-command-r-08-2024", "Cohere-command-r-08-2024", ""),
        ("Phi-4-2", "Phi-4-2", ""),
        ("2024-08-06", "2024-08-06", ""),
    ],
)
def test_only_a_whole_date_at_the_end_is_a_version_for_certain(name: str, model: str, scope: str) -> None:
    found, narrowed = dated(name)
    assert (found, str(narrowed)) == (model, scope)
