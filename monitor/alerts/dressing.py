"""Apprise's services in our layouts: what each plugin is given for one message beside title and text.

Slack, Discord and Teams take a whole payload where a user's template would be (`gen_payload`); mail takes HTML; ntfy and plain webhooks
take settings of their plugin. Whoever names a template or a format in the address keeps it.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import apprise
from apprise.attachment.memory import AttachMemory
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.ntfy import NotifyNtfy, NtfyPriority
from apprise.plugins.slack import NotifySlack, SlackMode
from apprise.plugins.workflows import NotifyWorkflows

from monitor.alerts.layouts.discord import discord
from monitor.alerts.layouts.mail import html_mail
from monitor.alerts.layouts.ntfy import note
from monitor.alerts.layouts.slack import slack
from monitor.alerts.layouts.teams import teams
from monitor.alerts.layouts.webhook import webhook
from monitor.alerts.message import Message
from monitor.domain.policy.severity import Severity

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # mail brings its optional PGP along, which imports what Python gives up
    from apprise.plugins.email.base import NotifyEmail

TYPES = {
    Severity.INFO: apprise.NotifyType.INFO,
    Severity.WARNING: apprise.NotifyType.WARNING,
    Severity.CRITICAL: apprise.NotifyType.FAILURE,
}
_NTFY_TAGS = "_NotifyNtfy__tags"  # a plugin's tags can only be set with its address
_PRIORITIES = {3: NtfyPriority.NORMAL, 4: NtfyPriority.HIGH, 5: NtfyPriority.MAX}
_UNSET: tuple[object, ...] = (NtfyPriority.NORMAL, None, "", [])
_WORKFLOWS = frozenset({SlackMode.WORKFLOW, SlackMode.WORKFLOW_TRIGGER})  # of Slack: they take one text and no blocks


@dataclass(frozen=True, slots=True)
class Dressed:
    """What Apprise is to be given: title, text and its format."""

    title: str
    body: str
    body_format: apprise.NotifyFormat = apprise.NotifyFormat.TEXT  # else `<!channel>` and `<url|label>` would pass unescaped


class Dresser:
    """Dresses messages for one plugin, which is changed by every one of them and sends one at a time."""

    def __init__(self, plugin: apprise.NotifyBase) -> None:
        self._plugin: Any = plugin
        self._dress = _dress_of(plugin)
        self._bare = {name: getattr(plugin, name) for name in ("template", "use_blocks") if hasattr(plugin, name)}

    def dressed(self, message: Message, *, plain: bool = False) -> Dressed:
        """What is to be sent; *plain*: title and text alone, without a layout."""
        if not plain:
            return self._dress(message)
        for name, value in self._bare.items():
            setattr(self._plugin, name, value)
        return _plain(message)


def _dress_of(plugin: apprise.NotifyBase) -> Callable[[Message], Dressed]:
    match plugin:
        case NotifySlack() | NotifyDiscord() | NotifyWorkflows():
            return _plain if plugin.template or getattr(plugin, "mode", None) in _WORKFLOWS else _given(plugin, _layout_of(plugin))
        case NotifyEmail():
            return _mail(plugin)
        case NotifyNtfy():
            return _ntfy(plugin)
        case NotifyJSON():
            return _webhook(plugin)
        case _:
            return _plain


def _layout_of(plugin: apprise.NotifyBase) -> Callable[[Message], dict[str, Any]]:
    color: Any = plugin.color  # of many types
    match plugin:
        case NotifySlack():
            return lambda message: slack(message, color(TYPES[message.severity]))
        case NotifyDiscord():
            return lambda message: discord(message, color(TYPES[message.severity], int))
        case _:
            return teams


def _plain(message: Message) -> Dressed:
    return Dressed(message.title, message.body)


def _given(plugin: Any, layout: Callable[[Message], dict[str, Any]]) -> Callable[[Message], Dressed]:  # noqa: ANN401 - as below
    """The layout takes the place of a template: Apprise asks `gen_payload` for what the template would have made."""

    place = apprise.AppriseAttachment(AttachMemory(content="{}", name="modelwatch.json"))  # type: ignore[no-untyped-call] # Apprise has no types

    def dressed(message: Message) -> Dressed:
        payload = layout(message)
        vars(plugin).update({"template": place, "gen_payload": lambda *_, **__: payload, "use_blocks": True})
        return _plain(message)

    return dressed


def _mail(plugin: Any) -> Callable[[Message], Dressed]:  # noqa: ANN401 - Apprise has no types
    given = dict(plugin.headers)
    text = plugin.resolve_format(apprise.NotifyFormat.HTML) is not apprise.NotifyFormat.HTML

    def dressed(message: Message) -> Dressed:
        thread = f"<{message.alert.lower()}@modelwatch.invalid>"  # what repeats an alert stands with it
        ours = {"X-Modelwatch-Alert": message.alert, "References": thread, "In-Reply-To": thread} if message.alert else {}
        plugin.headers = {**ours, "Auto-Submitted": "auto-generated", **given}
        return _plain(message) if text else Dressed(message.title, html_mail(message), apprise.NotifyFormat.HTML)

    return dressed


def _ntfy(plugin: Any) -> Callable[[Message], Dressed]:  # noqa: ANN401 - Apprise has no types
    own = {name: getattr(plugin, name) for name in ("priority", "click", _NTFY_TAGS)}

    def dressed(message: Message) -> Dressed:
        told = note(message)
        ours = {"priority": _PRIORITIES[told.priority], "click": told.click or None, _NTFY_TAGS: [told.tag]}
        vars(plugin).update({name: own[name] if own[name] not in _UNSET else ours[name] for name in own})
        return Dressed(told.title, told.body)

    return dressed


def _webhook(plugin: Any) -> Callable[[Message], Dressed]:  # noqa: ANN401 - Apprise has no types
    given = dict(plugin.payload_extras)

    def dressed(message: Message) -> Dressed:
        plugin.payload_extras = {**webhook(message), **given}
        return _plain(message)

    return dressed
