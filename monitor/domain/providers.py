"""Providers: who serves models and sets their dates, each with its kind of surface and its names; and the companies behind them."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Surface(StrEnum):
    """Where a model is used: a provider's own API, a cloud's, an app people sit before, or a router that passes requests on."""

    API = "api"
    CLOUD = "cloud"
    APP = "app"
    ROUTER = "router"


@dataclass(frozen=True, slots=True)
class Served:
    """A provider as we speak of it."""

    name: str
    surface: Surface


SERVED = MappingProxyType(
    {
        "openai": Served("OpenAI API", Surface.API),
        "chatgpt": Served("ChatGPT (the app)", Surface.APP),
        "codex": Served("Codex (the app)", Surface.APP),
        "azure": Served("Azure", Surface.CLOUD),
        "bedrock": Served("Amazon Bedrock", Surface.CLOUD),
        "vertex": Served("Google Vertex AI", Surface.CLOUD),
        "gemini": Served("Gemini API", Surface.API),
        "anthropic": Served("Anthropic API", Surface.API),
        "github-copilot": Served("GitHub Copilot (the app)", Surface.APP),
        "github-models": Served("GitHub Models", Surface.ROUTER),
        "openrouter": Served("OpenRouter", Surface.ROUTER),
        "groq": Served("Groq", Surface.API),
        "mistral": Served("Mistral API", Surface.API),
        "cohere": Served("Cohere API", Surface.API),
        "xai": Served("xAI API", Surface.API),
        "deepseek": Served("DeepSeek API", Surface.API),
        "together": Served("Together AI", Surface.API),
        "fireworks": Served("Fireworks AI", Surface.API),
        "cerebras": Served("Cerebras", Surface.API),
        "perplexity": Served("Perplexity API", Surface.API),
        "moonshot": Served("Moonshot AI (Kimi)", Surface.API),
        "minimax": Served("MiniMax", Surface.API),
        "z-ai": Served("Z.ai", Surface.API),
        "alibaba": Served("Alibaba Cloud Model Studio", Surface.CLOUD),
        "xiaomi": Served("Xiaomi MiMo", Surface.API),
        "databricks": Served("Databricks", Surface.CLOUD),
        "snowflake": Served("Snowflake Cortex", Surface.CLOUD),
        "oci": Served("Oracle Cloud (OCI)", Surface.CLOUD),
        "ibm-watsonx": Served("IBM watsonx.ai", Surface.CLOUD),
        "aimlapi": Served("AI/ML API", Surface.ROUTER),
    },
)

# as vendors' pages write them, for the readers of those pages
PROVIDERS = MappingProxyType(
    {
        "openai": "OpenAI API",
        "chatgpt": "ChatGPT",
        "codex": "Codex",
        "azure": "Azure",
        "bedrock": "Amazon Bedrock",
        "vertex": "Vertex AI",
        "gemini": "Gemini API",
        "anthropic": "Claude API",
        "github-copilot": "GitHub Copilot",
        "github-models": "GitHub Models",
        "openrouter": "OpenRouter",
        "groq": "Groq",
        "mistral": "Mistral",
        "cohere": "Cohere",
        "xai": "xAI API",
        "deepseek": "DeepSeek",
        "together": "Together AI",
        "fireworks": "Fireworks",
        "cerebras": "Cerebras",
        "perplexity": "Perplexity",
        "databricks": "Databricks",
        "snowflake": "Snowflake Cortex",
    },
)

COMPANIES = MappingProxyType(
    {
        "OpenAI": ("openai", "chatgpt", "codex"),
        "Anthropic": ("anthropic",),
        "Google": ("gemini", "vertex"),
        "Microsoft": ("azure", "github-copilot", "github-models"),
        "GitHub": ("github-copilot", "github-models"),
        "Amazon": ("bedrock",),
        "AWS": ("bedrock",),
        "Mistral": ("mistral",),
        "Cohere": ("cohere",),
        "xAI": ("xai",),
        "DeepSeek": ("deepseek",),
        "Groq": ("groq",),
        "Cerebras": ("cerebras",),
        "Perplexity": ("perplexity",),
        "Databricks": ("databricks",),
        "Snowflake": ("snowflake",),
    },
)


def title_of(provider: str) -> str:
    """The name people write for a provider; its key where none is known."""
    return PROVIDERS.get(provider, provider)


def surface_of(provider: str) -> Surface:
    """The kind of surface a provider is; an API of its own where nothing else is known."""
    return SERVED[provider].surface if provider in SERVED else Surface.API
