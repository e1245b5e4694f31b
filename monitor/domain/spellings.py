"""How surfaces spell one model: what they put before and behind its name, as patterns over folded names; no rule names a release.

Order matters inside each group: the first pattern that fits is taken, and the group is gone through again until nothing fits.
"""

import re

MONTH, DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12]\\d|3[01])"
FULL_DATE = rf"(?:20\d\d-{MONTH}-{DAY}|20\d\d{MONTH}{DAY})"
DATE = rf"(?:{FULL_DATE}|{MONTH}-20\d\d|2[3-9]{MONTH}{DAY}|{MONTH}{DAY})"  # 250615 and 0613 as well; 2407 is a month and stays

# --- before the name -----------------------------------------------------------------------------------------------

TITLE = re.compile(r"^[\w .-]{1,40}: +")  # "Anthropic: Claude 3.5 Sonnet"
QUALIFIED = re.compile(r"^(?:us-gov\.)?(?:[a-z][a-z0-9]*\.)*([a-z][a-z0-9]*)\.(?=[a-z])")  # us.anthropic.claude…, never gpt-4.1
HALF_NAME = re.compile(r"^(?:[rv]\d|rerank-v1)")  # deepseek.r1, amazon.rerank: here the publisher is part of the name
MAKER = re.compile(r"^(?:(?:amazon|anthropic|cohere|databricks|google|meta|microsoft|nvidia|openai|xai|zai)-(?!rerank$)(?=[a-z]))+")

# --- behind the name -----------------------------------------------------------------------------------------------

_CONTEXT = r"(?<=:\d):\w+|:\d+[km]|\[\d+[km]\]"  # Bedrock's -v1:0:200k, Claude Code's [1m]
_VARIANT = r":[a-z][a-z-]*|-free"
# A family's moving name ("~…/gemini-pro-latest", "gemini-flash-latest") is not the model that once had the name without it.
FAMILY = re.compile(r"^gemini-(?:pro|flash|flash-lite)-latest$")
_MOVING = r"@00\d|[@-]latest|@default"
_RELEASE = rf"-(?:{FULL_DATE}|latest)-v\d+(?::\d+)?|[-@]{DATE}|(?<!^claude-instant)(?<!^deepseek-v3)-v1(?::0)?|-1:0"
_PREVIEW = rf"(?:(?<=-preview)|(?<=-exp))-{MONTH}-{DAY}"  # gemini-2.5-pro-preview-05-06
_REVISION = r"-001|(?<=-00\d)-v?\d|(?<=-2)-2\.0|(?<=-3)-3\.0"
_COPY = r"-(?:maas|hf|fp8|fp16|bf16|nvfp4|mxfp4|awq|gptq|int4|int8|q\d(?:-[0-9a-z])*)"  # hosted or quantised: the same model
_SERVED = r"(?<=-instruct)-(?:turbo|lite)"  # Together's own copies
BEGIN = r"(?=[-:@\[])"  # of all of these; to ask for it first takes a fifth of the time, and most of a name is in the middle
TAIL = re.compile(rf"{BEGIN}(?:{_CONTEXT}|{_VARIANT}|{_MOVING}|{_RELEASE}|{_PREVIEW}|{_REVISION}|{_COPY}|{_SERVED})$")

ONE_WORD = re.compile(r"^[a-z]+-v\d+$")  # moonshot-v1: without its number the name of all that the publisher makes

# --- within the name -----------------------------------------------------------------------------------------------

# Before each a text that it cannot fit without: to look for that takes a tenth of the time.
SAME = tuple(
    (needed, re.compile(pattern), new)
    for needed, pattern, new in (
        ("-", rf"-{FULL_DATE}(?=-)|-{MONTH}{DAY}(?=(?:-vision)?-preview$)|(?<=-preview)-{MONTH}-{DAY}(?=-)", ""),  # gpt-4-1106-preview
        ("-00", r"(\d[.-]\d.*)-00\d$", r"\1"),  # Google's revisions of a numbered model; babbage-002 is a model of its own
        ("@", r"@", "-"),
        ("+", r"\+", "-plus"),
        (":", r":(?=\d+(?:\.\d+)?[bm]\b)", "-"),  # Ollama's llama3.1:8b
        ("deepseek-v3-v1", r"^deepseek-v3-v1(?::0)?$", "deepseek-v3.1"),  # Bedrock
        (":0", r"(?<=-\d):0$", ""),  # Bedrock's rerank-v3-5:0
        (":", r"-v(\d+):(?=\d+$)", r"-v\1."),  # claude-v2:1 is Claude 2.1
        ("p", r"(?<=\d)p(?=\d)", "."),  # Fireworks' v3p1
        ("-v-", r"-v-(?=\d)", "-v"),
        ("", r"^([a-z]{3,})(?=\d+(?:[.-]\d+)?(?:-|$))", r"\1-"),  # llama3.1, qwen3, gemma2
        ("-", r"(?<=\d)-(?=\d{1,2}(?:-|$))", "."),  # claude-3-5-sonnet
        (".0", r"(-v\d+)\.0(?=-|$)", r"\1"),
        ("gpt-35", r"^gpt-35(?![^-])", "gpt-3.5"),  # Azure
        ("gpt-4-preview", r"^gpt-4-preview$", "gpt-4-turbo-preview"),  # OpenAI's snapshots lack the word that their alias has
        ("claude", r"^claude(-instant)?-v(?=\d)", r"claude\1-"),  # Bedrock
        ("deepseek-chat-", r"^deepseek-chat-(?=v\d)", "deepseek-"),  # OpenRouter
        ("gemini-", r"^gemini-(pro|flash)-(\d+\.\d+)", r"gemini-\2-\1"),  # OpenRouter
        ("llama-v", r"^llama-v(?=\d)", "llama-"),  # Fireworks
        ("llama-3", r"^(llama-3\.\d-\d+b)-(?:instant|versatile)$", r"\1-instruct"),  # Groq
        ("llama-4", r"^(llama-4-(?:maverick|scout))-17b(?:-\d+e)?-instruct$", r"\1"),  # one size each; routers leave it out
        ("-v", r"^(embed|rerank)-(v\d)-(english|multilingual)$", r"\1-\3-\2"),  # Azure
    )
)
