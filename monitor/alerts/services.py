"""Apprise, and nothing else of ours knows it: one of its services as a thing that takes a message or raises one of our errors."""

import logging
import warnings
from contextvars import ContextVar
from threading import Thread

import apprise
from apprise.plugins.slack import NotifySlack

from monitor.alerts.answers import Answer, heard, listen
from monitor.alerts.dressing import TYPES, Dresser
from monitor.alerts.message import Message
from monitor.alerts.results import failure_of
from monitor.alerts.targets import Address, Patience, redacted
from monitor.errors import DeliveryError, DeliveryPostponed, DeliveryUnclear

LONGEST = 240.0  # seconds, whatever an address asks for: less than a message is leased for

_lines: ContextVar[list[tuple[str, str]] | None] = ContextVar("lines", default=None)


class _Gag(logging.Filter):
    """Hands what Apprise logs to the attempt it belongs to, and to no handler at all: its lines hold addresses and tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        lines = _lines.get()
        if lines is not None:
            lines.append((record.levelname, record.getMessage()))
        return False


logging.getLogger("apprise").addFilter(_Gag())
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("urllib3").setLevel(logging.WARNING)  # at DEBUG it logs the path of every request
listen()


class Service:
    """One target; at most one delivery at a time, so that a hung one costs a single thread."""

    def __init__(self, address: Address, patience: Patience) -> None:
        """ValueError if Apprise does not take the address."""
        self._address = address
        self._apprise = apprise.Apprise(asset=_asset())
        plugin = _plugin(address, patience)
        self._apprise.add(plugin)
        self._dresser = Dresser(plugin)
        self._longest = _longest(plugin, patience)
        self._busy: Thread | None = None

    def send(self, message: Message, *, plain: bool = False) -> None:
        """One attempt, made in a daemon thread: an answer that drips can hold a read for ever. *plain*: without any layout."""
        if self._busy and self._busy.is_alive():
            raise DeliveryError("still waiting for the answer to the message before")
        outcome: list[DeliveryError | None] = []
        self._busy = Thread(target=self._attempt, args=(message, outcome, plain), name="modelwatch-delivery", daemon=True)
        self._busy.start()
        self._busy.join(self._longest)
        if self._busy.is_alive():
            raise DeliveryUnclear(f"no answer within {self._longest:g} s")
        error = outcome[0] if outcome else DeliveryUnclear("Apprise broke off")
        if error:
            raise error

    def _attempt(self, message: Message, outcome: list[DeliveryError | None], plain: bool) -> None:  # noqa: FBT001 - as Thread hands it over
        lines: list[tuple[str, str]] = []
        answers: list[Answer] = []
        _lines.set(lines)
        heard.set(answers)
        dressed = self._dresser.dressed(message, plain=plain)
        taken = self._apprise.notify(
            dressed.body, title=dressed.title, notify_type=TYPES[message.severity], body_format=dressed.body_format
        )
        outcome.append(None if taken else self._failure(lines, answers[-1].retry_after if answers else ""))

    def _failure(self, lines: list[tuple[str, str]], retry_after: str) -> DeliveryError:
        error = failure_of(lines, retry_after)
        reason = redacted(str(error), self._address.url)
        return DeliveryPostponed(reason, retry_after) if isinstance(error, DeliveryPostponed) else type(error)(reason)


def _longest(plugin: apprise.NotifyBase, patience: Patience) -> float:
    """Seconds for one delivery: Apprise keeps some services to a message every so often, and waits inside the attempt.

    An address with several recipients makes a request to each.
    """
    return min(LONGEST, (patience.total + max(0.0, plugin.request_rate_per_sec)) * max(1, len(plugin)))


def _asset() -> apprise.AppriseAsset:
    """No redirects, no pictures from elsewhere, an honest name; no deadline of Apprise's own, whose thread pool would outlive it."""
    return apprise.AppriseAsset(
        app_id="modelwatch",
        app_desc="modelwatch: when AI models are shut off",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        async_mode=False,
        service_timeout=0,
    )


def _plugin(address: Address, patience: Patience) -> apprise.NotifyBase:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the first address loads every plugin, and with them what they import
        plugin = apprise.Apprise.instantiate(address.url, asset=_asset())
    if plugin is None:
        raise ValueError("Apprise does not take this address; its form is described at https://appriseit.com/services/")
    plugin.retry = 0  # the outbox repeats; Apprise would do it at once, whatever Retry-After says
    plugin.optional = False  # `?optional=yes` would report failures as successes
    plugin.redirects = False
    plugin.socket_connect_timeout, plugin.socket_read_timeout = patience.connect, patience.read
    for extra in ("include_footer", "include_image", "include_timestamp"):
        if hasattr(plugin, extra):
            setattr(plugin, extra, False)
    if address.webhook and isinstance(plugin, NotifySlack):
        plugin.webhook_url = address.webhook  # the plugin and its bytes are Apprise's own; only the receiver is another
        if not address.paced:
            plugin.request_rate_per_sec = 0  # Slack's limit of one message a second is not this machine's
    return plugin
