"""Apprise's services in our layouts: what each plugin is given for one message beside title and text.

Slack, Discord and Teams take a whole payload where a user's template would be (`gen_payload`); mail takes HTML; ntfy and plain webhooks
take settings of their plugin. Whoever names a template or a format in the address keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import apprise
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.ntfy import NotifyNtfy
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

TYPES = {
    Severity.INFO: apprise.NotifyType.INFO,
    Severity.WARNING: apprise.NotifyType.WARNING,
    Severity.CRITICAL: apprise.NotifyType.FAILURE,
}
_WORKFLOWS = frozenset({SlackMode.WORKFLOW, SlackMode.WORKFLOW_TRIGGER})  # of Slack: they take one text and no blocks


@dataclass(frozen=True, slots=True)
class Dressed:
    """What Apprise is to be given: title, text and its format."""

    title: str
    body: str
    body_format: apprise.NotifyFormat = apprise.NotifyFormat.TEXT  # else `<!channel>` and `<url|label>` would pass unescaped


Dresser = Callable[[Message], Dressed]


def dresser_of(plugin: apprise.NotifyBase) -> Dresser:
    """How messages are dressed for *plugin*; it is changed by every one, and can send one at a time."""
    match plugin:
        case NotifySlack() if not plugin.template and plugin.mode not in _WORKFLOWS:
            plugin.use_blocks = True
            return _given(plugin, lambda message: slack(message, plugin.color(TYPES[message.severity])))
        case NotifyDiscord() if not plugin.template:
            plugin.avatar = False
            return _given(plugin, lambda message: discord(message, plugin.color(TYPES[message.severity], int)))
        case NotifyWorkflows() if not plugin.template:
            return _given(plugin, teams)
        case NotifyEmail():
            return _mail(plugin)
        case NotifyNtfy():
            return _ntfy(plugin)
        case NotifyJSON():
            return _webhook(plugin)
        case _:
            return _plain


def _plain(message: Message) -> Dressed:
    return Dressed(message.title, message.body)


def _given(plugin: Any, layout: Callable[[Message], dict[str, Any]]) -> Dresser:  # noqa: ANN401 - three plugins with nothing in common
    """The layout takes the place of a template: Apprise asks `gen_payload` for what the template would have made."""

    def dressed(message: Message) -> Dressed:
        payload = layout(message)
        plugin.template = True
        plugin.gen_payload = lambda *_, **__: payload
        return _plain(message)

    return dressed


def _mail(plugin: Any) -> Dresser:  # noqa: ANN401 - Apprise has no types
    given = dict(plugin.headers)
    text = plugin.resolve_format(apprise.NotifyFormat.HTML) is apprise.NotifyFormat.TEXT

    def dressed(message: Message) -> Dressed:
        thread = f"<{message.alert.lower()}@modelwatch.invalid>"
        ours = {"X-Modelwatch-Alert": message.alert, "References": thread, "In-Reply-To": thread} if message.alert else {}
        plugin.headers = {**ours, "Auto-Submitted": "auto-generated", **given}
        return _plain(message) if text else Dressed(message.title, html_mail(message), apprise.NotifyFormat.HTML)

    return dressed


def _ntfy(plugin: Any) -> Dresser:  # noqa: ANN401 - Apprise has no types
    given = plugin.url_parameters()
    own_priority, own_click, own_tags = plugin.priority, plugin.click, plugin._NotifyNtfy__tags  # noqa: SLF001 - it offers no other way

    def dressed(message: Message) -> Dressed:
        own = note(message)
        plugin.priority = own.priority if own_priority == _NORMAL else own_priority
        plugin.click = own_click or own.click or None
        plugin._NotifyNtfy__tags = own_tags or [own.tag]  # noqa: SLF001 - as above
        return Dressed(own.title, own.body)

    return dressed


def _webhook(plugin: Any) -> Dresser:  # noqa: ANN401 - Apprise has no types
    given = dict(plugin.payload_extras)

    def dressed(message: Message) -> Dressed:
        plugin.payload_extras = {**webhook(message), **given}
        return _plain(message)

    return dressed
