"""Pages made to be slow: what they cost grows with their length, not with its square."""

import time

import pytest

from monitor.sources import find_source
from tests.sources.golden import read

MANY = 20_000
SECONDS = 5.0  # each takes far less; one that grew with the square of its length would take minutes
HEAD = "# Deprecations\n\nopenai.com api model name shutdown retire snapshots mindstudio pipellm gpt-4\n\n"
TABLE = HEAD + "| Shutdown date | Model | Replacement |\n|---|---|---|\n"
BODIES = {
    "prices in one sentence": HEAD + "GPT-4o costs $1 input " * MANY,
    "brackets in brackets": f"{TABLE}| 2026-10-10 | {'(' * MANY}{')' * MANY} | a-1 |\n",
    "brackets that stay open": f"{TABLE}| 2026-10-10 | {'(' * MANY} | a-1 |\n",
    "a name that almost is one": f"{TABLE}| 2026-10-10 | A{'-1.1' * MANY}! | a-1 |\n",
    "many models in one cell": f"{TABLE}| 2026-10-10 | {', '.join(f'a-{number}' for number in range(MANY))} | b-1 |\n",
    "many versions in one cell": f"{TABLE}| 2026-10-10 | {', '.join(f'a-{number} (0613)' for number in range(MANY))} | b-1 |\n",
    "versions in one sentence": HEAD + "gpt-4 - 0613, " * MANY + "gpt-4 was retired on May 3, 2026.",
    "notes that tell": HEAD + "| Model | Notes |\n|---|---|\n" + f"| a-1 | {'Will be retired on May 3, 2026. ' * MANY} |\n",
    "a list below its day": HEAD + "## Models retired on May 3, 2026\n\n" + "- Kimi K2.5 — migrate to Kimi K3 or K4\n" * MANY,
    "these models again and again": TABLE
    + "| 2026-10-10 | `a-1` | b-1 |\n" * 500
    + "\n"
    + "These models were retired on May 3, 2026. " * 500,
    "earliest dates": HEAD + "dates " * MANY + "are " * MANY + "earliest " * MANY,
    "names and dates in one sentence": HEAD + "GPT-4 was retired on May 3, 2026 and " * MANY,
    "code in every sentence": HEAD + "`gpt-4` was retired on May 3, 2026. " * MANY,
    "a link in every sentence": HEAD + "[gpt-4](x) was retired on May 3, 2026. " * MANY,
    "adverbs": HEAD + "gpt-4 is " + "only " * MANY + "deprecated",
    "labels": HEAD + "\n\n".join(["A a " * 15 + "1"] * MANY),
}


@pytest.mark.parametrize("source", ["openai_deprecations", "anthropic_deprecations", "generic_page", "openai_model_pages", "model_pages"])
@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_page_takes_no_longer_than_its_length(name: str, source: str) -> None:
    body = BODIES[name].encode()
    began = time.process_time()
    read(find_source(source), body)
    assert time.process_time() - began < SECONDS
