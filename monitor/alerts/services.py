"""Apprise, and nothing else of ours knows it: one of its services as a thing that takes a message or raises one of our errors."""

import logging
import warnings
from threading import Thread

import apprise
from apprise.plugins.slack import NotifySlack

from monitor.alerts.messages import Message
from monitor.alerts.results import failure_of
from monitor.alerts.severity import Severity
from monitor.alerts.targets import Address, Patience, redacted
from monitor.errors import DeliveryError, DeliveryUnclear

_TYPES = {
    Severity.INFO: apprise.NotifyType.INFO,
    Severity.WARNING: apprise.NotifyType.WARNING,
    Severity.CRITICAL: apprise.NotifyType.FAILURE,
}

# Apprise and its HTTP client log tokens at DEBUG. Its lines are needed to tell 404 from 500, so they go to the attempt they
# belong to and no further.
_own = logging.getLogger("apprise")
_own.propagate = False
_own.setLevel(logging.DEBUG)
_own.addHandler(logging.NullHandler())
logging.getLogger("urllib3").setLevel(logging.WARNING)


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
        failures: list[DeliveryError] = []
        self._busy = Thread(target=self._attempt, args=(message, failures), name="modelwatch-delivery", daemon=True)
        self._busy.start()
        self._busy.join(self._patience.total)
        if self._busy.is_alive():
            raise DeliveryUnclear(f"no answer within {self._patience.total:g} s")
        if failures:
            raise failures[0]

    def _attempt(self, message: Message, failures: list[DeliveryError]) -> None:
        result = self._apprise.notify(
            message.body,
            title=message.title,
            notify_type=_TYPES[message.severity],
            body_format=apprise.NotifyFormat.TEXT,  # else `<!channel>` and `<url|label>` would pass unescaped
            log_level=logging.DEBUG,
        )
        if not result:
            error = failure_of((entry.level, entry.message) for entry in result.logs())
            failures.append(type(error)(redacted(str(error), self._address.url)))


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
