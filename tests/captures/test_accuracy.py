"""`bench/replay.py`: nothing missed, false, late or of a wrong day, with and without faults; and the bench sees it where that is not so."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.captures.shared import CAPTURES, NEEDED

pytestmark = NEEDED
ROOT = Path(__file__).resolve().parents[2]
BAD = ("missed", "false", "wrong_days", "late")
HASTY = """
import runpy, sys
from dataclasses import replace
sys.path[:0] = ["bench"]
from monitor.domain.reconcile import supersede
def at_once(visit, claims):
    return [replace(claim, missing_since=visit.at, gone_at=visit.at) for claim in claims if not claim.gone_at]
supersede._missing = at_once
sys.argv = ["bench/replay.py", *sys.argv[1:]]
runpy.run_path("bench/replay.py", run_name="__main__")
"""  # believes the first absence


def bench(*words: str, script: tuple[str, ...] = ("bench/replay.py",)) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and replays; without captures beside this tree the bench has nothing to replay."""
    assert CAPTURES.parent == ROOT.parent / "shared", "the bench looks beside the repository"
    command = [sys.executable, *script, "--json", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def wrong(replays: list[dict[str, Any]]) -> list[object]:
    return [(one["series"], one["fault"], one["seed"], bad, one[bad]) for one in replays for bad in BAD if one[bad]]


@pytest.mark.timeout(300)
def test_two_series_with_every_fault() -> None:
    code, replays = bench("--series", "openai listing", "--series", "anthropic", "--seeds", "1")
    assert (code, wrong(replays)) == (0, [])
    whole = {one["series"]: one for one in replays if one["fault"] == "none"}
    assert whole["anthropic deprecations"]["right"] == 58
    assert whole["anthropic deprecations"]["delays"] == {"0": 58}
    assert whole["openai listing"]["right"] == 16
    assert {one["unnoticed"] for one in replays} == {0}
    assert len(replays) == 3 * (1 + 6)


@pytest.mark.timeout(300)
def test_a_monitor_that_believes_the_first_absence_is_found_out() -> None:
    code, replays = bench("--series", "openai listing", "--seeds", "1", script=("-c", HASTY))
    false = [(one["fault"], news) for one in replays for news in one["false"]]
    assert code == 1
    assert {fault for fault, _ in false} == {"row deleted, then restored"}
    assert {news[1] for _, news in false} >= {"delisted"}


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_series_with_every_fault_and_several_seeds() -> None:
    code, replays = bench("--seeds", "3")
    assert (code, wrong(replays)) == (0, [])
    assert len({one["series"] for one in replays}) == 14
