"""Providers: who serves models and sets their dates, each with the name people write; and the companies behind them."""

from types import MappingProxyType

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
