"""What each service got, byte for byte: its own layout, within its limits, nothing scraped alive in it."""

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.ntfy import NotifyNtfy
from apprise.plugins.workflows import NotifyWorkflows

from monitor.alerts.batches import render_batch
from monitor.alerts.channels import Channels
from monitor.alerts.message import Message
from monitor.alerts.messages import render
from monitor.alerts.targets import Patience
from monitor.cli.demo.receiver import SlackReceiver
from monitor.domain.events import EventKind
from monitor.domain.facts import Retires
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.severity import Severity
from tests.alerts.cases import claim, digest, event, lifecycle, news, noon, on, reminder, rendered, retiring, sunset
from tests.alerts.posts import Post, Posts
from tests.fetch.conftest import certified, speaking_tls
from tests.receivers import MailServer

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of what its optional PGP imports
    from apprise.plugins.email.base import NotifyEmail

NOW = noon("2026-09-14")
SHORT = Patience(connect=2.0, read=3.0, total=8.0)
EVIDENCE = "https://vendor.example/deprecations?a=1&b=2#x_y"
CORPUS = (
    "<!channel> <!here> <@U1> <https://evil.example|x> *b* **c** _d_ [m](https://evil.example) <script>x</script> <img src=//evil.example>"
    " @everyone @here ||spoiler|| `code` ~~gone~~ # heading > quote &lt;script&gt; &amp; www.evil.example {{app_body}}"
    " \u202e\x00\r\n# two & ok"
)
HOSTILE = CORPUS + "&*_é漢😀" * 3000


def hostile_alerts(text: str) -> list[Alert]:
    """Every kind of alert, with *text* wherever a page could have put it; the last of them as often as there are kinds of event."""
    key = ModelKey("openai", text, scope_of({"region": text}))
    state = lifecycle(
        *(claim(key, Retires(on(f"2026-10-{day:02}")), text, source=f"page_{day}", url=EVIDENCE) for day in (14, 15)),
        *retiring(key, Retires(on("2026-10-14")), text, text, f"{text} two").claims(),
    )
    events = [event(kind, key, before=text, after=text, quote=f"{kind} {text}", url=EVIDENCE) for kind in EventKind]
    return [reminder(state), digest(state, sunset(url=EVIDENCE)), news(*events, state=state), *(news(one, state=state) for one in events)]


def messages(text: str, *, every: bool = False) -> list[Message]:
    """The messages of those alerts, and all of them as one; *every*: also one for each kind of event."""
    alerts = hostile_alerts(text)
    return [render_batch(alerts, "MW-0BA7C400", NOW), *(rendered(alert, NOW) for alert in (alerts if every else alerts[:3]))]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A service on loopback: the address of the channel, and what it took."""

    target: str
    taken: list[Post]


@pytest.fixture(scope="session")
def tls_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return certified(tmp_path_factory.mktemp("teams"), "IP:127.0.0.1")


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apprise waits for seconds between two messages to one service; a receiver on loopback needs no rest."""
    for plugin in (NotifyDiscord, NotifyEmail, NotifyJSON, NotifyNtfy, NotifyWorkflows):
        monkeypatch.setattr(plugin, "request_rate_per_sec", 0)


@pytest.fixture
def discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with Posts() as posts:
        monkeypatch.setattr(NotifyDiscord, "notify_url", f"http://127.0.0.1:{posts.port}/api/webhooks")
        yield Receiver("discord://webhookid/webhooktoken", posts.taken)


@pytest.fixture
def teams(tls_files: tuple[str, str]) -> Iterator[Receiver]:
    with Posts(speaking_tls(tls_files)) as posts:
        yield Receiver(f"workflows://127.0.0.1:{posts.port}/workflow/signature?verify=no", posts.taken)


@pytest.fixture
def ntfy() -> Iterator[Receiver]:
    with Posts() as posts:
        yield Receiver(f"ntfy://127.0.0.1:{posts.port}/models", posts.taken)


@pytest.fixture
def webhook() -> Iterator[Receiver]:
    with Posts() as posts:
        yield Receiver(f"json://127.0.0.1:{posts.port}/hook", posts.taken)


def sent(receiver: Receiver, *wanted: Message) -> list[Post]:
    """What the service took."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")
        channels = Channels({"ops": receiver.target}, SHORT)
        for message in wanted:
            channels.send("ops", message)
    assert len(receiver.taken) == len(wanted)
    return receiver.taken


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Every text in a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def dead(text: str) -> bool:
    """Whether nothing in a plain text is a mention, a tag, hidden, or an address that is no evidence."""
    without = text.replace(EVIDENCE, "").replace("https://example.com/deprecations", "")
    return not re.search(r"[<>\u202e\x00\r]|(?<![^\W_])@\w|://|\bwww\.\w|\]\(", without)


def evident(text: str) -> bool:
    """Whether a quote and the address where it stands are told, as must be of whatever rests on a statement."""
    return "“" in text and "https://" in text


# --- Slack ----------------------------------------------------------------------------------------------------------

OWN_MARKUP = re.compile(r"\*[A-Z][\w ,()]*\*|<https://[^\s<>|@]+>|[A-Z][\w ]*: `modelwatch [\w .…:-]+`")


def text_objects(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        text
        for block in blocks
        for text in (*([block["text"]] if "text" in block else []), *block.get("fields", []), *block.get("elements", []))
    ]


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_slack_gets_blocks_within_its_limits_and_only_our_own_markup(text: str) -> None:
    with SlackReceiver() as slack:
        channels = Channels({"ops": slack.target}, SHORT)
        for message in messages(text, every=True):
            channels.send("ops", message)
        assert len(slack.posted) == 4 + len(EventKind)
    for posted in slack.posted:
        (attachment,) = posted.payload["attachments"]
        objects = text_objects(attachment["blocks"])
        assert len(attachment["blocks"]) <= 50
        assert sum(len(one["text"]) for one in objects) <= 2900
        assert all(len(block.get("fields", [])) <= 10 and len(block.get("elements", [])) <= 10 for block in attachment["blocks"])
        assert all(OWN_MARKUP.fullmatch(one["text"]) for one in objects if one["type"] == "mrkdwn")
        plain = [one["text"] for one in objects if one["type"] == "plain_text"] + [attachment["fallback"]]
        assert all(dead(one) for one in plain)
        assert not [one for one in plain if re.search(r"&(?!amp;)", one)]
        assert posted.title.startswith("Source ") or evident(posted.raw)


def test_slack_gets_a_header_facts_in_two_columns_the_quote_and_what_to_do() -> None:
    with SlackReceiver() as slack:
        Channels({"ops": slack.target}, SHORT).send("ops", render(reminder(sunset()), noon("2026-01-14")))
    (attachment,) = slack.posted[0].payload["attachments"]
    assert attachment["fallback"] == "GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13, in 30 days (second-hand)"
    told = [[one["text"] for one in text_objects([block])] for block in attachment["blocks"]]
    assert told == [
        ["GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13, in 30 days (second-hand)"],
        [
            (
                "Second-hand, not the provider's own word: Reminder: ChatGPT (the app) retires GPT-4.1 mini in 30 days, on 2026-02-13; "
                "then it can no longer be chosen there."
            ),
            *("*Model*", "GPT-4.1 mini"),
            *("*Where*", "ChatGPT (the app)"),
            *("*When*", "retires 2026-02-13 (in 30 days)"),
            *("*Replacement*", "GPT-5 mini"),
            *("*Known since*", "2026-01-10"),
        ],
        [
            *("*Said by*", "second-hand: mindstudio_models passes on what others say; the provider's own word is not known"),
            "*Note*",
            (
                "This is about ChatGPT, the app. The model in the OpenAI API is a different surface with dates of its own "
                "and is not affected by this date."
            ),
        ],
        ["“According to community reports, OpenAI announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026.”"],
        ["<https://example.com/deprecations>", "source mindstudio_models, page 0123456789ab"],
        [
            "Owner: platform",
            "Alert: MW-06FBD149",
            "Seen it: `modelwatch ack MW-06FBD149 --reason WHY`",
            "Not now: `modelwatch snooze MW-06FBD149 --for 14d --reason WHY`",
        ],
    ]


# --- Discord --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_discord_gets_an_embed_that_mentions_nobody_and_formats_nothing_scraped(discord: Receiver, text: str) -> None:
    for post in sent(discord, *messages(text)):
        (embed,) = post.payload["embeds"]
        assert post.payload["allowed_mentions"] == {"parse": []}
        assert "content" not in post.payload
        fields = embed["fields"]
        assert length(embed["title"]) <= 256
        assert length(embed["description"]) <= 4096
        assert len(fields) <= 25
        assert all(length(field["name"]) <= 256 and 0 < length(field["value"]) <= 1024 for field in fields)
        assert length(embed["footer"]["text"]) <= 2048
        texts = [
            embed["title"],
            embed["description"],
            embed["footer"]["text"],
            *(one for field in fields for one in field.values() if one is not True),
        ]
        assert sum(map(length, texts)) <= 6000
        assert evident(embed["description"])
        for one in texts[:-1]:
            ours = re.sub(r"^(?:> |- )|<https://[^\s<>@]+>|https://\S+", "", one, flags=re.MULTILINE)
            bare = re.sub(r"\\[^A-Za-z0-9\s]", "", ours)
            assert one is embed["footer"]["text"] or not re.search(r"[*_~`|\[\]<>]|^\s*#", bare, re.MULTILINE), bare


def length(text: str) -> int:
    """As a browser counts."""
    return len(text.encode("utf-16-le")) // 2


# --- Teams ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_teams_gets_a_card_of_texts_that_read_no_markdown_and_link_to_evidence_only(teams: Receiver, text: str) -> None:
    for post in sent(teams, *messages(text)):
        assert len(post.body) <= 28_000
        (attachment,) = post.payload["attachments"]
        card = attachment["content"]
        runs = [run for block in card["body"] for run in block["inlines"]]
        assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
        assert {run["type"] for run in runs} == {"TextRun"}
        assert {action["url"] for action in card["actions"]} <= {EVIDENCE, "https://example.com/deprecations"}
        assert all(dead(run["text"]) for run in runs)
        assert evident("\n".join(run["text"] for run in runs))
        assert card["actions"]


# --- ntfy -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_ntfy_gets_plain_text_within_its_bytes(ntfy: Receiver, text: str) -> None:
    for post in sent(ntfy, *messages(text)):
        assert "X-Markdown" not in post.headers
        assert len(post.payload["message"].encode()) <= 4096
        assert len(post.payload["title"].encode()) <= 250
        assert dead(post.payload["message"])
        assert evident(post.payload["message"])
        assert dead(post.payload["title"])
        assert post.headers.get("X-Click", EVIDENCE) in {EVIDENCE, "https://example.com/deprecations"}


@pytest.mark.parametrize(
    ("severity", "priority", "tag"),
    [(Severity.INFO, None, "information_source"), (Severity.WARNING, "high", "warning"), (Severity.CRITICAL, "max", "rotating_light")],
)
def test_ntfy_is_as_loud_as_the_alert_is_urgent(ntfy: Receiver, severity: Severity, priority: str | None, tag: str) -> None:
    (post,) = sent(ntfy, Message("a title", "a body", severity))
    assert (post.payload, post.headers.get("X-Priority"), post.headers["X-Tags"]) == (
        {"topic": "models", "title": "a title", "message": "a body"},
        priority,
        tag,
    )


def test_what_an_address_says_of_loudness_counts(ntfy: Receiver) -> None:
    given = Receiver(f"{ntfy.target}?priority=low&xtags=robot&click=https://wiki.example/models", ntfy.taken)
    (post,) = sent(given, rendered(reminder(sunset()), noon("2026-01-14")))
    assert [post.headers[name] for name in ("X-Priority", "X-Tags", "X-Click")] == ["low", "robot", "https://wiki.example/models"]


# --- plain webhooks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_a_webhook_gets_nothing_alive_either(webhook: Receiver, text: str) -> None:
    for post in sent(webhook, *messages(text)):
        assert all(dead(one) for one in strings(post.payload))
        assert len(post.body) < 1_000_000
        assert evident(post.payload["message"])


def test_a_webhook_gets_the_alert_as_fields_beside_the_text(webhook: Receiver) -> None:
    state = retiring(ModelKey("openai", "gpt-4.1-mini"), Retires(on("2026-10-14", floor=True)), "not before October 14", "gpt-5-mini")
    told = event(EventKind.RETIREMENT_SCHEDULED, state.key, fact="retires", after="not_before:2026-10-14", quote="not before October 14")
    (post,) = sent(webhook, rendered(news(told, state=state), NOW))
    assert (post.payload["title"], post.payload["type"]) == ("gpt-4.1-mini on OpenAI API: retires as early as 2026-10-14", "warning")
    evidence = {"url": "https://example.com/deprecations", "page": "0123456789abcdef" * 4, "source": "a_page"}
    assert post.payload["modelwatch"] == {
        "format": 1,
        "alert": "MW-9339F63F",
        "severity": "warning",
        "kind": "news",
        "watch": "everything",
        "owner": "",
        "lead": None,
        "created_at": "2026-01-10T09:30:00+00:00",
        "events": [
            {
                "event": "retirement_scheduled",
                "provider": "openai",
                "model": "gpt-4.1-mini",
                "scope": {},
                "kind": "model",
                "at": "2026-01-10T09:30:00+00:00",
                "fact": "retires",
                "before": "",
                "after": "not_before:2026-10-14",
                "quote": "not before October 14",
                **evidence,
            }
        ],
        "models": [
            {
                "provider": "openai",
                "model": "gpt-4.1-mini",
                "scope": {},
                "stage": "deprecated",
                "retires": {
                    "value": "2026-10-14",
                    "bound": "not_before",
                    "at": None,
                    "days_left": 30,
                    "authority": "provider",
                    "first_seen_at": "2026-01-10T09:30:00+00:00",
                    "quote": "not before October 14",
                    **evidence,
                },
                "replaced_by": ["gpt-5-mini"],
            }
        ],
    }


def test_the_fields_that_an_address_adds_stay(webhook: Receiver) -> None:
    given = Receiver(f"{webhook.target}?:team=platform", webhook.taken)
    (post,) = sent(given, Message("a title", "a body", Severity.INFO, alert="MW-00000001"))
    assert (post.payload["team"], post.payload["modelwatch"]["alert"]) == ("platform", "MW-00000001")


# --- mail -----------------------------------------------------------------------------------------------------------

OUR_TAGS = {"html", "head", "meta", "title", "body", "h1", "h2", "p", "table", "tr", "th", "td", "blockquote", "a", "ul", "li", "br", "kbd"}
OUR_ATTRIBUTES = {"lang", "charset", "style", "scope", "href"}


class Tags(HTMLParser):
    """The tags, attributes, links and text of a mail."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}
        assert not [value for name, value in attrs if name == "style" and "url" in (value or "")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("text", [CORPUS, HOSTILE], ids=["corpus", "huge"])
def test_a_mail_has_our_tags_only_and_loads_and_runs_nothing(text: str) -> None:
    with MailServer() as server:
        channels = Channels({"ops": server.target()}, SHORT)
        for message in messages(text):
            channels.send("ops", message)
    assert len(server.taken) == len(messages(text))
    for mail in server.taken:
        found = Tags()
        html_part, text_part = mail.get_body(("html",)), mail.get_body(("plain",))
        assert html_part
        assert text_part
        found.feed(html_part.get_content())
        assert found.tags <= OUR_TAGS
        assert found.attributes <= OUR_ATTRIBUTES
        assert found.links <= {EVIDENCE, "https://example.com/deprecations"}
        assert all(dead(one) for one in found.text)
        assert evident("\n".join(found.text))
        assert found.links
        assert dead(text_part.get_content().replace("\r\n>\r\n", "\n").replace("\r", ""))  # `>` where Apprise met a blockquote
        assert "\n" not in mail["Subject"]
        assert dead(mail["Subject"])


def test_a_mail_is_a_table_of_facts_a_quote_and_an_id_in_its_headers() -> None:
    with MailServer() as server:
        Channels({"ops": server.target()}, SHORT).send("ops", rendered(reminder(sunset()), noon("2026-01-14")))
    (mail,) = server.taken
    assert mail["Subject"] == "GPT-4.1 mini on ChatGPT (the app): retires 2026-02-13, in 30 days (second-hand)"
    assert (mail["X-Modelwatch-Alert"], mail["References"]) == ("MW-06FBD149", "<mw-06fbd149@modelwatch.invalid>")
    html_part, text_part = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html_part
    assert text_part
    shown = html_part.get_content()
    assert re.search(r"<th[^>]*>When:</th><td[^>]*>retires 2026-02-13 \(in 30 days\)</td>", shown)
    assert re.search(r"<blockquote[^>]*><p>“According to community reports, [^<]*”</p></blockquote>", shown)
    assert '<a href="https://example.com/deprecations">https://example.com/deprecations</a> (source mindstudio_models' in shown
    assert "<kbd>modelwatch ack MW-06FBD149 --reason WHY</kbd>" in shown
    told = text_part.get_content().replace("\r\n", "\n")
    assert "When:\nretires 2026-02-13 (in 30 days)\n" in told
    assert "https://example.com/deprecations (source mindstudio_models, page 0123456789ab)\n" in told


def test_a_mail_in_plain_text_is_the_plain_text() -> None:
    message = rendered(reminder(sunset()), noon("2026-01-14"))
    with MailServer() as server:
        Channels({"ops": f"{server.target()}&format=text"}, SHORT).send("ops", message)
    (mail,) = server.taken
    assert not mail.is_multipart()
    assert mail.get_content().replace("\r\n", "\n").strip() == message.body


# --- all others -----------------------------------------------------------------------------------------------------


def test_a_layout_that_was_refused_can_be_left_out(discord: Receiver) -> None:
    channels = Channels({"ops": discord.target}, SHORT)
    message = Message("a title", "a body with *stars*", Severity.INFO)
    for plain in (False, True, False):
        channels.send("ops", message, plain=plain)
    assert ["embeds" in post.payload for post in discord.taken] == [True, False, True]


def test_what_a_user_lays_out_in_a_template_is_left_to_it(tmp_path: Any, discord: Receiver) -> None:  # noqa: ANN401
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"content": "{{app_title}}"}))
    (post,) = sent(Receiver(f"{discord.target}?template={own}", discord.taken), Message("a title", "a body", Severity.INFO))
    assert post.payload["content"] == "a title"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("# x", r"\# x"), ("- x", r"\- x"), ("1. x", r"1\. x"), ("gpt-4.1-mini", "gpt-4.1-mini"), ("a_b*c", r"a\_b\*c")],
)
def test_discord_reads_no_name_as_markdown(discord: Receiver, name: str, shown: str) -> None:
    (post,) = sent(discord, rendered(reminder(retiring(ModelKey("openai", name), Retires(on("2026-10-14")), "q")), NOW))
    assert post.payload["embeds"][0]["fields"][0]["value"] == shown
