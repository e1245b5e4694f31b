"""The bundled catalogue is what the program makes of the captures, byte for byte."""

from pathlib import Path

from monitor.jobs.catalogue import FOLDER, export_catalogue
from tests.captures.shared import CAPTURES, NEEDED

pytestmark = NEEDED


def test_the_bundled_catalogue_equals_a_regeneration(tmp_path: Path) -> None:
    exported = list(export_catalogue(CAPTURES, tmp_path))
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    stale = sorted(name for name in made if not (FOLDER / name).is_file() or (FOLDER / name).read_bytes() != made[name])
    assert stale == [], "run `modelwatch catalogue export ../shared/captures`"
    assert {path.name for path in FOLDER.glob("*.jsonl")} == made.keys()
    assert sum(one.copy is not None for one in exported) == len(made) > 30
