"""Every place an alert can go to, by our own id: Apprise's services, and the log of this program."""

import logging
from collections.abc import Mapping
from typing import Protocol

from monitor.alerts.messages import Message
from monitor.alerts.targets import Patience, read_target
from monitor.domain.policy.channels import LOG
from monitor.domain.policy.routing import HealthSettings
from monitor.errors import ConfigError, DeliveryRefused

_log = logging.getLogger("modelwatch.alerts")


class Channels:
    """The configured channels; the id `log` is always there and never fails. News about channels take the route *health*.

    A wrong address raises ConfigError naming `channels.ID`, without the address. Apprise is loaded with the first real channel.
    """

    def __init__(self, targets: Mapping[str, str], patience: Patience | None = None, health: HealthSettings | None = None) -> None:
        self.health = health or HealthSettings()
        self._services = {name: _service(name, target, patience or Patience()) for name, target in targets.items()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that can be sent to."""
        return (*self._services, LOG)

    def send(self, channel: str, message: Message, *, plain: bool = False) -> None:
        """Hand over one message, within bounded time and one at a time per channel; *plain* without the layout a service may have.

        DeliveryRefused if it never will be taken (MessageRefused: in this form), DeliveryPostponed if the target takes nothing for a
        while, DeliveryUnclear if it may have arrived, any other DeliveryError if it did not.
        """
        if channel == LOG:
            _log.info("%s\n%s", message.title, message.body)
        elif channel in self._services:
            self._services[channel].send(message, plain=plain)
        else:
            raise DeliveryRefused("no channel of this name is configured any more")


class Sender(Protocol):
    """What a channel's service must be able to do."""

    def send(self, message: Message, *, plain: bool = False) -> None:
        """Hand over one message, or raise a DeliveryError."""


def _service(name: str, target: str, patience: Patience) -> Sender:
    key = f"channels.{name}"
    if name == LOG:
        raise ConfigError(key, "this id is the program's own log and takes no address")
    try:
        address = read_target(target)
        from monitor.alerts.services import Service  # noqa: PLC0415 - Apprise is slow to import

        return Service(address, patience)
    except ValueError as error:
        raise ConfigError(key, str(error)) from None
