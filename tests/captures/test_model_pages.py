"""OpenAI's captured model pages, against specs read off them by eye."""

import pytest

from monitor.domain.facts import fact_name, fact_value
from monitor.sources import find_source
from tests.captures.shared import CAPTURES, NEEDED, body_of, files
from tests.sources.golden import read

pytestmark = NEEDED
SEEN = {
    "gpt-3.5-turbo": {
        ("context_window", "16385"),
        ("max_output", "4096"),
        ("knowledge_cutoff", "2021-09-01"),
        ("input_price", "0.5"),
        ("output_price", "1.5"),
        ("input_modality", "text"),
        ("output_modality", "text"),
        ("alias_of", "gpt-3.5-turbo-0125"),
        ("listed", ""),
    },
    "gpt-realtime": {
        ("context_window", "32000"),
        ("max_output", "4096"),
        ("knowledge_cutoff", "2023-10-01"),
        ("input_price", "4"),
        ("cached_input_price", "0.4"),
        ("output_price", "16"),
        ("input_modality", "text"),
        ("input_modality", "audio"),
        ("input_modality", "image"),
        ("output_modality", "text"),
        ("output_modality", "audio"),
        ("alias_of", "gpt-realtime-2025-08-28"),
        ("listed", ""),
    },
    "o1-pro": {
        ("context_window", "200000"),
        ("max_output", "100000"),
        ("knowledge_cutoff", "2023-10-01"),
        ("input_price", "150"),
        ("output_price", "600"),
        ("input_modality", "text"),
        ("input_modality", "image"),
        ("output_modality", "text"),
        ("alias_of", "o1-pro-2025-03-19"),
        ("listed", ""),
    },
}
SNAPSHOTS = {
    "gpt-3.5-turbo": {"gpt-3.5-turbo-0125", "gpt-3.5-turbo-1106", "gpt-3.5-turbo-instruct"},
    "gpt-realtime": {"gpt-realtime-2025-08-28"},
    "o1-pro": {"o1-pro-2025-03-19"},
}
FOLDER = "model-pages/platform.openai.com"


def test_every_page_was_looked_at() -> None:
    assert {path.stem for path in files(FOLDER)} == set(SEEN)


@pytest.mark.parametrize("model", SEEN)
def test_a_model_page_reads_as_seen(model: str) -> None:
    parsed = read(find_source("openai_model_pages"), body_of(CAPTURES / FOLDER / f"{model}.md"))
    own = {(fact_name(said.fact), fact_value(said.fact)) for said in parsed.statements if said.key.model == model}
    others = {(said.key.model, fact_name(said.fact)) for said in parsed.statements if said.key.model != model}
    assert own == SEEN[model]
    assert others == {(name, "listed") for name in SNAPSHOTS[model]}
