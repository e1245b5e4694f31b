"""Mutated pages through every reader: `python -m tests.fuzz.documents --minutes 10 [--keep FOLDER] [--seed 1]`.

With Atheris (the extra `fuzz`; `--guided`) the mutations follow the coverage, which takes some ten times as long per input; without
it they follow chance. Prints counts, the slowest input and each kind of finding; exit code 1 if there were any.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.sources import SOURCES, find_source
from tests.fuzz.examine import Tally, examine, say
from tests.fuzz.mutate import LONGEST, mutated, seeds

OTHERS_PER_INPUT = 2
GUIDED_PATIENCE = 10.0  # instrumented code is slower by so much


def by_chance(tally: Tally, seconds: float, seed: int) -> None:
    """Mutate by chance alone; every input goes to its own reader, to the one that reads anybody's pages, and to a few others."""
    chance = random.Random(seed)
    grown = seeds()
    pages = [body for _, body in grown]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        own, body = chance.choice(grown)
        examine(mutated(body, pages, chance), [own, find_source("generic_page"), *chance.sample(SOURCES, OTHERS_PER_INPUT)], tally)


def guided(tally: Tally, seconds: float, seed: int, keep: Path | None) -> None:
    """Mutate where the coverage leads; never returns, for libFuzzer ends the process."""
    import atheris

    until = time.monotonic() + seconds
    with atheris.instrument_imports(include=["monitor.parsing", "monitor.sources"]):
        for name in [name for name in sys.modules if name.startswith(("monitor.parsing", "monitor.sources", "tests.fuzz.examine"))]:
            del sys.modules[name]
        import monitor.sources as instrumented
        import tests.fuzz.examine as examination

    def one(data: bytes) -> None:
        if time.monotonic() > until:
            code = report(tally, keep)
            sys.stdout.flush()
            os._exit(code)
        at = data[0] % len(instrumented.SOURCES) if data else 0
        readers = [instrumented.SOURCES[at], *(source for source in instrumented.SOURCES if source.key == "generic_page")]
        examination.examine(data[1:], readers, tally)

    with TemporaryDirectory() as corpus:
        for number, (own, page) in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(bytes([SOURCES.index(own)]) + page)
        atheris.Setup([sys.argv[0], f"-seed={seed}", f"-max_len={LONGEST // 4}", "-timeout=600", "-verbosity=0", corpus], one)
        atheris.Fuzz()


def report(tally: Tally, keep: Path | None) -> int:
    """Print the tally, write the inputs it names to *keep*, and give the exit code."""
    for line in tally.lines():
        say(line)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / "slowest").write_bytes(tally.slowest[2])
        for number, (what, body) in enumerate(tally.shortest.items()):
            (keep / f"finding-{number}").write_bytes(body)
            (keep / f"finding-{number}.txt").write_text(what + "\n")
    return 1 if tally.findings else 0


def main() -> None:
    """Read the arguments and go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--guided", action="store_true", help="follow the coverage, with Atheris")
    given = parser.parse_args()
    if given.guided:
        guided(Tally(GUIDED_PATIENCE), given.minutes * 60, given.seed, given.keep)
    tally = Tally()
    by_chance(tally, given.minutes * 60, given.seed)
    raise SystemExit(report(tally, given.keep))


if __name__ == "__main__":
    main()
