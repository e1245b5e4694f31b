"""The pages of several sources: folders named like them, or a list of files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.jobs.series import saved_series


def laid_out(folder: Path, *names: str) -> None:
    """Files with no content of interest."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_a_folder_for_each_source(tmp_path: Path) -> None:
    laid_out(tmp_path, "openai_models/20260301.json", "openai_models/20260302.json", "models_dev/20260301.json", "notes.txt")
    found = saved_series(tmp_path)
    assert [(one.key, one.provider, [page.path.name for page in one.pages]) for one in found] == [
        ("models_dev", "", ["20260301.json"]),
        ("openai_models", "", ["20260301.json", "20260302.json"]),
    ]


def test_a_list_of_files_says_the_source_and_where_needed_provider_day_and_address(tmp_path: Path) -> None:
    laid_out(tmp_path, "a/p_2026-03-02.md", "b/page.md", "c/x_2026-03-01.md", "ignored/2026-01-01.md")
    (tmp_path / "sources.csv").write_text(
        "path,source,provider,captured_on,url\n"
        "a/p_2026-03-02.md,generic_page,acme,,https://example.org/a\n"
        "b/page.md,generic_page,acme,2026-03-01,\n"
        "c/x_2026-03-01.md,openai_deprecations,,,\n"
    )
    generic, openai = saved_series(tmp_path)
    assert (generic.key, generic.provider, openai.key, openai.provider) == ("generic_page", "acme", "openai_deprecations", "")
    assert [(page.at, page.path.name, page.url) for page in generic.pages] == [
        (datetime(2026, 3, 1, tzinfo=UTC), "page.md", ""),
        (datetime(2026, 3, 2, tzinfo=UTC), "p_2026-03-02.md", "https://example.org/a"),
    ]


def test_the_column_of_the_files_may_be_called_capture(tmp_path: Path) -> None:
    laid_out(tmp_path, "p_2026-03-02.md")
    (tmp_path / "sources.csv").write_text("capture,source\np_2026-03-02.md,openai_deprecations\n")
    assert [one.key for one in saved_series(tmp_path)] == ["openai_deprecations"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("gone_2026-03-01.md,openai_deprecations,", "no file 'gone_2026-03-01.md'"),
        (",openai_deprecations,", "no file ''"),
        ("p_2026-03-02.md,,", "names no source"),
        ("page.md,openai_deprecations,", "page.md: no date"),
        ("p_2026-03-02.md,generic_page,acme\np_2026-03-03.md,generic_page,other", "generic_page is listed for acme, other"),
    ],
)
def test_a_list_that_cannot_be_followed_names_the_place(tmp_path: Path, rows: str, problem: str) -> None:
    laid_out(tmp_path, "p_2026-03-02.md", "p_2026-03-03.md", "page.md")
    (tmp_path / "sources.csv").write_text(f"path,source,provider\n{rows}\n")
    with pytest.raises(UsageError, match=problem):
        saved_series(tmp_path)


def test_a_list_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="sources"):
        saved_series(tmp_path)


@pytest.mark.parametrize("name", [".", "none"])
def test_a_folder_without_series_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no sources\.csv in "):
        saved_series(tmp_path / name)
