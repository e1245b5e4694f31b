"""Pages made to burst a reader, each through every announcement source in a child with a deadline and a limit on its memory."""

import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTES = 100  # beyond what the child needs before it reads the page
SECONDS = 60  # for all sources together, on a busy machine; one of them that grew with the square would need minutes
TOOL = Path(__file__).with_name("read_everywhere.py")
N = 2000
TABLE = "<table><tr><th>Shutdown date</th><th>Model</th></tr>"
BOMBS = {
    "nested divs": "<html><body>" + "<div>" * 100_000 + "gpt-4 was retired on May 3, 2026.",
    "attributes": "<html><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">gpt-4 was retired on May 3, 2026.",
    "formatting elements reopened": "<!doctype html>" + "".join(f"<b id={number}>" for number in range(N)) + "<p>" * N + "</b>" * N,
    "formatting in tables": "<!doctype html>" + "<a><table>" * N,
    "spans of millions": "<html>" + TABLE + "<tr>" + "<td rowspan=65534 colspan=1000>gpt-4</td>" * 50 + "<tr><td>2026-10-10</td>" * 3_000,
    "one span": "<html>" + TABLE + "<tr><td rowspan=65534 colspan=1000>gpt-4" + "<tr><td>2026-10-10" * 3_000,
    "a large cell": f"{TABLE}<tr><td>2026-10-10</td><td>{'gpt-4 ' * 170_000}</td></tr></table>",
    "combining marks": "# Deprecations\n\n| Shutdown date | Model |\n|---|---|\n| 2026-10-10 | `gpt-4" + "\u0301" * 300_000 + "` |\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_by_every_source_within_its_means(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(BOMBS[name], encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(TOOL), str(page), str(MEGABYTES)], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "slowest" in run.stdout


def test_the_child_is_refused_more_memory_than_it_may_have(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_bytes(b"x" * 5_000_000)
    run = subprocess.run([sys.executable, str(TOOL), str(page), "1"], capture_output=True, text=True, timeout=SECONDS, check=False)
    assert run.returncode != 0
