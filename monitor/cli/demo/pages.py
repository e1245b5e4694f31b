"""The pages of the demonstration: our own words, laid out as the kinds of page that speak of one model, with its real facts."""

import http.server
import threading
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Self

ANNOUNCED = date(2026, 1, 12)

OFFICIAL = """---
url: "https://platform.openai.com/docs/models/gpt-4.1-mini"
---

# GPT-4.1 mini

The small sibling of GPT-4.1.

Input

Text, image

Output

Text

1,047,576 context window

32,768 max output tokens

Jun 01, 2024 knowledge cutoff

Text tokens

Input

$0.40

Cached input

$0.10

Output

$1.60

## Snapshots

gpt-4.1-mini

gpt-4.1-mini-2025-04-14
"""

COLLECTION = """MindStudio

# GPT-4.1 Mini

Publisher OpenAI
Context Window 1,047,576 tokens
Training Data May 31, 2024
Input $0.40/MTok
Output $1.60/MTok
Max Response Size 32,768 tokens

Call it over the API with the model ID gpt-4.1-mini.
{news}"""

NEWS = """
## Can people still pick it in ChatGPT?

According to community reports, OpenAI plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026. Check the official pages for the API.
"""

REVIEW = """# GPT-4.1 mini

Context window: 1,000,000 tokens
Max output: 32,768 tokens
Knowledge cutoff: May–June 2024

Input is $0.40 per million tokens and output is $1.60 per million tokens. With prompt caching, input drops to $0.10.

It accepts both text and image inputs.
"""

ROUTER = """# GPT-4.1 Mini

It processes inputs across images, text, and files.

Model slug: openai/gpt-4.1-mini

Estimates use $0.40/1M input · $1.60/1M output. The model supports a context length of 1,047,576 tokens.
"""

RESELLER = """---
title: "GPT-4.1 Mini"
canonical_url: "https://www.pipellm.ai/model/gpt-4.1-mini-2025-04-14"
---
## Model Metadata

- Model ID: gpt-4.1-mini-2025-04-14
- Context window: 128K
- Max output: 16K
- Input modalities: text
- Output modalities: text

## Official Pricing (per 1M tokens)

| Metric | <=200K Context |
| --- | --- |
| Input Price | $0.8 |
| Output Price | $3.2 |
| Cache Read | $0.2 |
"""


def page(path: str, today: date) -> str | None:
    """What stands at *path* on a day; the collection's page brings the news on the day of the announcement."""
    news = NEWS if today >= ANNOUNCED else ""
    pages = {
        "/official": OFFICIAL,
        "/collection": COLLECTION.format(news=news),
        "/review": REVIEW,
        "/router": ROUTER,
        "/reseller": RESELLER,
    }
    return pages.get(path)


class Site:
    """The five pages on a free port of this machine, as they stand on the simulated day; unchanged pages answer 304."""

    def __init__(self, today: Callable[[], date]) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text = page(self.path, today())
                body = (text or "").encode()
                tag = f'"{sha256(body).hexdigest()[:16]}"'
                status = 404 if text is None else 304 if self.headers.get("If-None-Match") == tag else 200
                self.send_response(status)
                self.send_header("ETag", tag)
                self.send_header("Content-Type", "text/markdown; charset=utf-8")
                self.send_header("Content-Length", str(len(body) if status == 200 else 0))  # noqa: PLR2004 - HTTP's OK
                self.end_headers()
                if status == 200:  # noqa: PLR2004 - HTTP's OK
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The demonstration tells its own story."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
