"""The only door to the network: one address in, one page (or "not modified") out, within fixed time and size."""

from monitor.fetch.client import Fetcher
from monitor.fetch.values import Fetched, FetchLimits, NotModified

__all__ = ["FetchLimits", "Fetched", "Fetcher", "NotModified"]
