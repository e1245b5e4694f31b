"""The small port: health, readiness and metrics over HTTP. Only values go out; no address, quote or secret does."""

from monitor.web.server import Served, serving

__all__ = ["Served", "serving"]
