"""Publishers: who made a model, whoever serves it; told from the name alone."""

import re
from types import MappingProxyType

from monitor.domain.lines import fold
from monitor.domain.spellings import QUALIFIED, TITLE

# providers that serve nothing but their own
_OWN = MappingProxyType(
    {
        "openai": "openai",
        "chatgpt": "openai",
        "codex": "openai",
        "anthropic": "anthropic",
        "gemini": "google",
        "mistral": "mistral",
        "cohere": "cohere",
        "xai": "xai",
        "deepseek": "deepseek",
        "moonshot": "moonshot",
        "minimax": "minimax",
        "z-ai": "z-ai",
        "xiaomi": "xiaomi",
    },
)
_MOSTLY = MappingProxyType({"vertex": "google"})  # what bears no other maker's name

# as routers and clouds write makers before a name
_SPELLED = MappingProxyType(
    {
        "ai21labs": "ai21",
        "aws": "amazon",
        "bytedance-seed": "bytedance",
        "cohereforai": "cohere",
        "deepseek-ai": "deepseek",
        "ibm-granite": "ibm",
        "meta-llama": "meta",
        "mistral-ai": "mistral",
        "mistralai": "mistral",
        "moonshotai": "moonshot",
        "qwen": "alibaba",
        "stabilityai": "stability",
        "thudm": "z-ai",
        "x-ai": "xai",
        "zai": "z-ai",
        "zai-org": "z-ai",
    },
)
_PATHS = re.compile(r"^(?:accounts/[^/]+/models/|(?:.*/)?publishers/(?P<maker>[^/]+)/models/)")
_COPIED = re.compile(r"^fw-")  # Fireworks' copies on Azure
_NAMES = tuple(
    (maker, re.compile(rf"^(?:{words})"))
    for maker, words in {
        "anthropic": r"anthropic\b|claude",
        "openai": r"openai\b|gpt\b|gpt-?\d|gpt-image|chatgpt|o[134](?:-|$)|codex|dall-e|sora|(?:distil-)?whisper|tts\b|aoai"
        r"|(?:(?:code|text)-(?:search-|similarity-)?)?(?:ada|babbage|curie|cushman|davinci)\b|computer-use-preview"
        r"|text-embedding-(?:ada|3)|text-moderation|omni-moderation",
        "google": r"google\b|gemini|gemma|imagen|veo\b|lyria|palm\b|medlm|text-(?:bison|unicorn|multilingual)|chat-bison"
        r"|code(?:chat)?-(?:bison|gecko)|(?:text|multimodal)-?embedding",
        "meta": r"meta\b|llama|code-?llama",
        "mistral": r"mistral|mixtral|codestral|ministral|pixtral|magistral|devstral|voxtral|mathstral|open-mi[sx]t",
        "cohere": r"cohere\b|command|c4ai|aya\b|(?:embed|rerank)-(?:v\b|v\d|english|multilingual)",
        "xai": r"xai\b|grok",
        "deepseek": r"deepseek|r1-1776",
        "alibaba": r"alibaba\b|qwen|qwq|qvq|wan\d|wanx|tongyi",
        "moonshot": r"moonshot|kimi",
        "minimax": r"minimax|abab|hailuo",
        "z-ai": r"zai\b|glm|chatglm|cogview|cogvideo|autoglm",
        "amazon": r"amazon\b|nova-(?:lite|micro|pro|premier|canvas|reel|sonic)|titan",
        "microsoft": r"microsoft\b|phi-|mai-|model-router",
        "nvidia": r"nvidia\b|nemotron",
        "ai21": r"ai21|jamba|j2-",
        "stability": r"stability|stable-|sd3|sdxl",
        "ibm": r"ibm\b|granite",
        "black-forest-labs": r"flux",
        "xiaomi": r"mimo-",
        "perplexity": r"sonar|pplx",
        "databricks": r"dbrx|databricks",
        "snowflake": r"snowflake|arctic",
        "writer": r"palmyra",
    }.items()
)


def publisher_of(provider: str, model: str) -> str:
    """Who made a model: named before it, known from its name, or the provider itself.

    `openai` for `openrouter/openai/gpt-4o`, `anthropic` for `us.anthropic.claude-3…` on Bedrock and for `claude-…` on Vertex.
    """
    return _OWN.get(provider) or _named_before(model) or _told_by(model) or _MOSTLY.get(provider, provider)


def _named_before(model: str) -> str:
    """The maker that stands before the name: `openai/…`, `publishers/google/models/…`, `us.anthropic.…`."""
    path = _PATHS.match(model)
    if path:
        maker = path["maker"] or ""
    elif "/" in model.strip("/"):
        maker = model.lstrip("~").partition("/")[0]
    else:
        qualified = QUALIFIED.match(fold(model))
        maker = qualified[1] if qualified else ""
    return _SPELLED.get(fold(maker), fold(maker))


def _told_by(model: str) -> str:
    bare = _COPIED.sub("", fold(TITLE.sub("", _PATHS.sub("", model))))
    return next((maker for maker, name in _NAMES if name.match(bare)), "")
