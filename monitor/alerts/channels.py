"""The door to Apprise, the only one: our channel ids → its services; every answer becomes nothing, or one of our delivery errors."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Thread
from types import ModuleType

from monitor.alerts.messages import Message, Severity
from monitor.alerts.results import failure_of
from monitor.alerts.targets import LOG, Address, read_target, redacted
from monitor.errors import ConfigError, DeliveryError, DeliveryRefused, DeliveryUnclear

_log = logging.getLogger("modelwatch.alerts")
_TYPES = {Severity.INFO: "info", Severity.WARNING: "warning", Severity.CRITICAL: "failure"}


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, for each byte of an answer, and for one delivery altogether."""

    connect: float = 3.0
    read: float = 5.0
    total: float = 8.0


class Channels:
    """Every place an alert can go to, by our own id; the id `log` is always there.

    A wrong address raises ConfigError naming `channels.ID`, never the address. Apprise is loaded with the first real channel.
    """

    def __init__(self, targets: Mapping[str, str], patience: Patience = Patience()) -> None:
        self._services = {name: _Service(name, target, patience) for name, target in targets.items()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that can be sent to."""
        return (*(name for name in self._services if name != LOG), LOG)

    def send(self, channel: str, message: Message) -> None:
        """Hand over one message, within bounded time.

        DeliveryRefused if it never will be taken, DeliveryUnclear if it may have arrived, DeliveryError if it did not arrive.
        """
        if channel == LOG:
            _log.info("%s\n%s", message.title, message.body)
        elif channel in self._services:
            self._services[channel].send(message)
        else:
            raise DeliveryRefused(f"no channel {channel!r} is configured")


class _Service:
    """One Apprise service; at most one delivery at a time, so that a hung target costs one thread."""

    def __init__(self, name: str, target: str, patience: Patience) -> None:
        if name == LOG:
            raise ConfigError(f"channels.{name}", "this id is the program's own log and takes no address")
        try:
            address = read_target(target)
        except ValueError as error:
            raise ConfigError(f"channels.{name}", str(error)) from None
        self._target = target
        self._patience = patience
        self._apprise = _service(name, address, patience)
        self._busy: Thread | None = None

    def send(self, message: Message) -> None:
        """One attempt; a daemon thread makes it, for an answer that drips can hold a read for ever."""
        if self._busy and self._busy.is_alive():
            raise DeliveryError("still waiting for the answer to the message before")
        failures: list[DeliveryError] = []
        self._busy = Thread(target=self._attempt, args=(message, failures), daemon=True)
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
            body_format="text",
            log_level=logging.DEBUG,
        )
        if not result:
            error = failure_of([entry.message for entry in result.logs()])
            failures.append(type(error)(redacted(str(error), self._target)))


@cache
def _apprise() -> ModuleType:
    """Apprise, loaded late (its import is slow) and gagged: what it and its HTTP client log at DEBUG holds every token."""
    import apprise  # noqa: PLC0415 - `show` and `--help` must not pay for it

    own = logging.getLogger("apprise")
    own.propagate = False  # its lines still reach the capture of the attempt they belong to
    own.setLevel(logging.DEBUG)
    own.addHandler(logging.NullHandler())
    for name in ("urllib3", "requests", "requests_oauthlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return apprise


def _service(name: str, address: Address, patience: Patience):
    apprise = _apprise()
    asset = apprise.AppriseAsset(
        app_id="modelwatch",
        app_desc="modelwatch: lifecycle of AI models",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        default_service_retry=0,
        service_timeout=0,
        async_mode=False,
    )
    plugin = apprise.Apprise.instantiate(address.url, asset=asset)
    if plugin is None:
        raise ConfigError(f"channels.{name}", "Apprise does not take this address; see https://appriseit.com/services/")
    return plugin
