"""Versions glued to a name, and those printed behind one."""

import pytest

from monitor.parsing.naming.versions import dated, versions_behind, versions_in_cell


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


@pytest.mark.parametrize(
    ("behind", "versions"),
    [
        (" version 2024-05-13 retires", ("2024-05-13",)),
        (" version: `0125`, starting", ("0125",)),
        (" 0301 retirement date", ("0301",)),
        (" (0301), (0613), and (1106) upgrade", ("0301", "0613", "1106")),
        (" (0314 and 0613) deprecation", ("0314", "0613")),
        (" 1106-preview is upgraded", ("1106-preview",)),
        (" - 0301", ("0301",)),
        (" (2026-03-31)", ()),  # its day, more likely than its version
        (" - 2026-03-31", ()),
        (" (2503)", ()),
        (" 1024 tokens", ()),
        (" 0301-b", ()),
        (" retires in 1106", ()),
        (" 0301 and 1024 requests", ("0301",)),
    ],
)
def test_a_version_stands_right_behind_a_name(behind: str, versions: tuple[str, ...]) -> None:
    assert versions_behind(f"a-1{behind}", len("a-1"))[0] == versions


@pytest.mark.parametrize(
    ("cell", "names", "versions"),
    [
        ("a-1 - 2024-10-01", ("a-1",), {"a-1": "version=2024-10-01"}),
        ("a-1\na-1-32k - 0314", ("a-1", "a-1-32k"), {"a-1": "version=0314", "a-1-32k": "version=0314"}),
        ("a-1, b-2 (0314)", ("a-1", "b-2"), {"b-2": "version=0314"}),
        ("a-1 | a-1-32k", ("a-1", "a-1-32k"), {}),
        ("another name", ("a-1",), {}),
        ("ba-1-x\na-1 (0314)", ("a-1",), {"a-1": "version=0314"}),
        ("b-2 (0314)", ("a-1", "b-2"), {"b-2": "version=0314"}),
    ],
)
def test_a_version_in_a_cell_is_that_of_the_shorter_name_before_it_too(cell: str, names: tuple[str, ...], versions: dict[str, str]) -> None:
    assert {name: str(scope) for name, scope in versions_in_cell(cell, names).items()} == versions
