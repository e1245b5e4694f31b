"""Apprise, and nothing else of ours knows it: one of its services as a thing that takes a message or raises one of our errors."""

import logging
import warnings
from contextvars import ContextVar
from threading import Thread

import apprise
from apprise.plugins.slack import NotifySlack

from monitor.alerts.messages import Message
from monitor.alerts.results import failure_of
from monitor.alerts.targets import Address, Patience, redacted
from monitor.domain.policy.severity import Severity
from monitor.errors import DeliveryError, DeliveryUnclear

_TYPES = {
    Severity.INFO: apprise.NotifyType.INFO,
    Severity.WARNING: apprise.NotifyType.WARNING,
    Severity.CRITICAL: apprise.NotifyType.FAILURE,
}

_heard: ContextVar[list[tuple[str, str]] | None] = ContextVar("heard", default=None)


class _Gag(logging.Filter):
    """Hands what Apprise logs to the attempt it belongs to, and to no handler at all: its lines hold addresses and tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        lines = _heard.get()
        if lines is not None:
            lines.append((record.levelname, record.getMessage()))
        return False


logging.getLogger("apprise").addFilter(_Gag())
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("urllib3").setLevel(logging.WARNING)  # at DEBUG it logs the path of every request


class Service:
    """One target; at most one delivery at a time, so that a hung one costs a single thread."""

    def __init__(self, address: Address, patience: Patience) -> None:
        """ValueError if Apprise does not take the address."""
        self._address = address
        self._patience = patience
        self._apprise = apprise.Apprise(asset=_asset())
        self._apprise.add(_plugin(address, patience))
        self._busy: Thread | None = None

    def send(self, message: Message) -> None:
        """One attempt, made in a daemon thread: an answer that drips can hold a read for ever."""
        if self._busy and self._busy.is_alive():
            raise DeliveryError("still waiting for the answer to the message before")
        outcome: list[DeliveryError | None] = []
        self._busy = Thread(target=self._attempt, args=(message, outcome), name="modelwatch-delivery", daemon=True)
        self._busy.start()
        self._busy.join(self._patience.total)
        if self._busy.is_alive():
            raise DeliveryUnclear(f"no answer within {self._patience.total:g} s")
        error = outcome[0] if outcome else DeliveryUnclear("Apprise broke off")
        if error:
            raise error

    def _attempt(self, message: Message, outcome: list[DeliveryError | None]) -> None:
        lines: list[tuple[str, str]] = []
        _heard.set(lines)
        taken = self._apprise.notify(
            message.body,
            title=message.title,
            notify_type=_TYPES[message.severity],
            body_format=apprise.NotifyFormat.TEXT,  # else `<!channel>` and `<url|label>` would pass unescaped
        )
        outcome.append(None if taken else self._failure(lines))

    def _failure(self, lines: list[tuple[str, str]]) -> DeliveryError:
        error = failure_of(lines)
        return type(error)(redacted(str(error), self._address.url))


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
        plugin.request_rate_per_sec = 0  # Slack's limit of one message a second is not this machine's
    return plugin
