"""Every page under pages/ states exactly what stands beside it."""

from pathlib import Path

import pytest

from tests.sources.golden import expected, lines_of, pairs, read, rewrite, source_of


@pytest.mark.parametrize("path", pairs(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_states_what_stands_beside_it(path: Path, update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    parsed = read(source_of(path), path.read_bytes())
    if update_golden:
        rewrite(path, parsed)
    assert lines_of(parsed) == expected(path)


def test_every_claims_file_has_its_page() -> None:
    claims = {path.with_suffix("") for path in pairs()}
    assert {path.with_suffix("") for path in Path(__file__).parent.glob("pages/*/*.claims")} == claims
