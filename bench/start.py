"""How long commands take to start, as multiples of `python -c pass`: medians of ten, run in turn; and what an idle daemon keeps in memory.

`python bench/start.py` prints one line each and fails where a figure is above its target (MODELWATCH_BENCH_STRICT=1). Everything runs on
a database of its own with the bundled catalogue and without a network: the addresses of the daemon's sources lead to a dead proxy.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 10
COMMAND = [sys.executable, "-m", "monitor"]
MODEL = "gpt-4.1-mini"
COMMANDS = {
    "--version": (["--version"], 6),
    "--help": (["--help"], None),
    f"show {MODEL}": (["show", MODEL], 45),
    "upcoming": (["upcoming"], None),
    "changes": (["changes"], None),
    "sources": (["sources"], None),
}
IDLE_SECONDS = 30
MOST_MEGABYTES = 120


def timed(command: list[str], env: dict[str, str]) -> float:
    """Seconds from start to end of one run."""
    began = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - our own command
    return time.perf_counter() - began


def idle_megabytes(env: dict[str, str], seconds: float = IDLE_SECONDS) -> float:
    """The resident memory of a daemon with every source that needs no key, once each was visited."""
    daemon = subprocess.Popen([*COMMAND, "run"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        time.sleep(seconds)
        status = Path(f"/proc/{daemon.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024
    finally:
        daemon.terminate()
        daemon.wait()


def main() -> int:
    """Measure and print; 1 where a target is missed and MODELWATCH_BENCH_STRICT asks for it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "modelwatch.toml").write_text('[web]\nlisten = "127.0.0.1:0"\n[fetch]\nproxy = "http://127.0.0.1:9"\n', encoding="utf-8")
        env = {name: value for name, value in os.environ.items() if not name.startswith("MODELWATCH_")}
        env |= {"MODELWATCH_DATABASE_URL": f"sqlite:///{place}/start.db", "MODELWATCH_CONFIG": str(place / "modelwatch.toml")}
        subprocess.run([*COMMAND, "db", "upgrade"], env=env, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command
        missed = [*starts(env), *memory(env)]
    return int(bool(missed) and bool(os.environ.get("MODELWATCH_BENCH_STRICT")))


def starts(env: dict[str, str]) -> list[str]:
    """Print the ratios; the names of those above their target."""
    nothing = [sys.executable, "-c", "pass"]
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    base: list[float] = []
    for _ in range(ROUNDS):
        base.append(timed(nothing, env))
        for name, (words, _) in COMMANDS.items():
            times[name].append(timed([*COMMAND, *words], env))
    usual = statistics.median(base)
    print(f"python -c pass: {usual * 1000:.0f} ms")
    missed = []
    for name, (_, target) in COMMANDS.items():
        ratio = statistics.median(times[name]) / usual
        late = target is not None and ratio > target
        missed += [name] * late
        goal = f" (target {target}{', missed' * late})" if target else ""
        print(f"modelwatch {name}: {ratio:.1f} times python -c pass{goal}, {statistics.median(times[name]) * 1000:.0f} ms")
    return missed


def memory(env: dict[str, str]) -> list[str]:
    """Print what an idle daemon keeps; its name if that is too much."""
    found = idle_megabytes(env)
    late = found > MOST_MEGABYTES
    print(f"modelwatch run, idle, all sources: {found:.0f} MB resident (target {MOST_MEGABYTES}{', missed' * late})")
    return ["run"] * late


if __name__ == "__main__":
    sys.exit(main())
