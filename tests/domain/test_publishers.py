"""Who made a model, told from its name; and what kind of surface serves it."""

import json
from itertools import chain
from pathlib import Path

import pytest

from monitor.domain.providers import SERVED, Surface, surface_of
from monitor.domain.publishers import publisher_of
from monitor.sources import SOURCES

CATALOGUE = Path(__file__).parents[2] / "monitor/catalogue"


@pytest.mark.parametrize(
    ("provider", "model", "publisher"),
    [
        ("openai", "gpt-4.1-mini", "openai"),
        ("chatgpt", "GPT-4.1 mini", "openai"),
        ("gemini", "embedding-001", "google"),
        ("z-ai", "CogView-4", "z-ai"),
        ("openrouter", "openai/gpt-4o", "openai"),
        ("openrouter", "x-ai/grok-4.20-beta", "xai"),
        ("openrouter", "meta-llama/llama-3.1-8b-instruct:free", "meta"),
        ("openrouter", "nousresearch/hermes-3-llama-3.1-70b", "nousresearch"),
        ("openrouter", "~openai/gpt-latest", "openai"),
        ("openrouter", "qwen/qwen3-coder", "alibaba"),
        ("together", "mistralai/Mixtral-8x7B-Instruct-v0.1", "mistral"),
        ("bedrock", "anthropic.claude-3-sonnet-20240229-v1:0", "anthropic"),
        ("bedrock", "us.anthropic.claude-3-7-sonnet-20250219-v1:0", "anthropic"),
        ("bedrock", "amazon.nova-lite-v1:0", "amazon"),
        ("bedrock", "meta.llama3-1-8b-instruct-v1:0", "meta"),
        ("vertex", "claude-3-5-haiku", "anthropic"),
        ("vertex", "gemini-2.5-pro", "google"),
        ("vertex", "publishers/meta/models/llama-4-scout", "meta"),
        ("vertex", "virtual-try-on-001", "google"),
        ("azure", "gpt-35-turbo", "openai"),
        ("azure", "o1-mini", "openai"),
        ("azure", "Cohere-command-r-08-2024", "cohere"),
        ("azure", "Meta-Llama-3.1-8B-Instruct", "meta"),
        ("azure", "Phi-3.5-mini-instruct", "microsoft"),
        ("azure", "text-embedding-3-small", "openai"),
        ("azure", "whisper", "openai"),
        ("azure", "text-search-ada-doc-001", "openai"),
        ("azure", "FW-DeepSeek-V3.1", "deepseek"),
        ("groq", "deepseek-r1-distill-llama-70b", "deepseek"),
        ("groq", "gemma2-9b-it", "google"),
        ("fireworks", "accounts/fireworks/models/llama-v3p1-8b-instruct", "meta"),
        ("github-copilot", "Claude Sonnet 3.7 Thinking", "anthropic"),
        ("perplexity", "sonar-pro", "perplexity"),
        ("perplexity", "google/gemini-2.5-flash", "google"),
        ("alibaba", "MiniMax-M2.1", "minimax"),
        ("alibaba", "Moonshot-Kimi-K2-Instruct", "moonshot"),
        ("alibaba", "qwen-max", "alibaba"),
        ("cohere", "/v1/classify", "cohere"),
        ("snowflake", "/api/v2/complete", "snowflake"),
        ("acme", "widget-1", "acme"),
    ],
)
def test_a_publisher_is_known_by_what_stands_before_the_name_by_the_name_or_by_the_provider(
    provider: str, model: str, publisher: str
) -> None:
    assert publisher_of(provider, model) == publisher


def bundled(provider: str) -> set[str]:
    texts = [path.read_text(encoding="utf-8").splitlines() for path in CATALOGUE.glob("*.jsonl")]
    lines = list(chain.from_iterable(map(json.loads, text) for text in texts if json.loads(text[0])["provider"] == provider))
    return {line["model"] for line in lines if "model" in line}


@pytest.mark.parametrize(("provider", "own"), [("groq", 6), ("azure", 8), ("bedrock", 0), ("vertex", 0)])
def test_of_what_clouds_are_known_to_serve_hardly_a_model_is_without_a_maker(provider: str, own: int) -> None:
    names = bundled(provider)
    nobody = {name for name in names if publisher_of(provider, name) == provider}
    assert len(names) > 40
    assert len(nobody) <= own, sorted(nobody)


def test_the_kind_of_every_provider_that_a_source_speaks_of_is_known() -> None:
    served = {source.provider for source in SOURCES if source.provider}
    assert served <= set(SERVED)
    assert {surface_of(provider) for provider in served} == set(Surface)
    assert surface_of("acme") is Surface.API
