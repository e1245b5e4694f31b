import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from monitor.alerts.channels import Channels
from monitor.alerts.messages import Message, render
from monitor.alerts.targets import Patience, masked
from monitor.cli.demo.receiver import ARCHIVED, BROKEN, NO_SERVICE, PATH, Answer, SlackReceiver, rate_limited
from monitor.domain.events import EventKind
from monitor.domain.facts import Retires
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.policy.severity import Severity
from monitor.errors import ConfigError, DeliveryError, DeliveryRefused, DeliveryUnclear
from tests.alerts.cases import event, news, noon, on, reminder, retiring

HELLO = Message("a title", "a body & more\nin two lines", Severity.CRITICAL)
SHORT = Patience(connect=1.0, read=1.0, total=2.0)
TOKENS = ("T00000000", "B00000000", "modelwatchdemo")


@pytest.fixture
def slack() -> Iterator[SlackReceiver]:
    with SlackReceiver() as receiver:
        yield receiver


def channels_to(receiver: SlackReceiver, *answers: Answer) -> Channels:
    receiver.script(*answers)
    return Channels({"ops": receiver.target}, SHORT)


def test_what_leaves_for_slack_is_plain_text_escaped_once_and_nothing_else(slack: SlackReceiver) -> None:
    channels_to(slack).send("ops", HELLO)
    (posted,) = slack.posted
    attachment = {"title": "a title", "text": "a body &amp; more\nin two lines", "color": "#A32037"}
    assert posted.payload == {"mrkdwn": False, "attachments": [attachment]}
    assert (posted.title, posted.text, posted.agent) == (HELLO.title, HELLO.body, "modelwatch")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (NO_SERVICE, DeliveryRefused, "HTTP 404 (no_service)"),
        (ARCHIVED, DeliveryRefused, "HTTP 410 (channel_is_archived)"),
        (Answer(403, "invalid_token"), DeliveryRefused, "HTTP 403 (invalid_token)"),
        (Answer(400, "invalid_blocks"), DeliveryRefused, "HTTP 400 (invalid_blocks)"),
        (Answer(302, "", {"Location": "https://example.com/"}), DeliveryRefused, "HTTP 302"),
        (rate_limited(30), DeliveryError, "HTTP 429"),
        (BROKEN, DeliveryError, "HTTP 500 (rollup_error)"),
        (Answer(503, "<html>down"), DeliveryError, "HTTP 503"),
        (Answer(200, "<html>log in"), DeliveryError, "HTTP 200, but not the answer to an accepted message"),
        (Answer(hang=30), DeliveryUnclear, "no answer after it was sent"),
        (Answer(close=True), DeliveryUnclear, "no answer after it was sent"),
        (Answer(text="ok" * 60, drip=0.1), DeliveryUnclear, "no answer within 2 s"),
    ],
)
def test_each_answer_becomes_the_right_error(slack: SlackReceiver, answer: Answer, error: type[DeliveryError], words: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        channels_to(slack, answer).send("ops", Message("error=404", "error=404 (535, 'x') Read timed out", Severity.INFO))
    assert (type(caught.value), str(caught.value)) == (error, words)


def test_nobody_listening_is_no_delivery() -> None:
    with SlackReceiver() as gone:
        target = gone.target
    with pytest.raises(DeliveryError, match=r"^no connection$") as caught:
        Channels({"ops": target}, SHORT).send("ops", HELLO)
    assert type(caught.value) is DeliveryError


def test_a_target_that_still_hangs_is_not_given_a_second_message(slack: SlackReceiver) -> None:
    channels = channels_to(slack, Answer(text="ok" * 60, drip=0.1))
    with pytest.raises(DeliveryUnclear):
        channels.send("ops", HELLO)
    with pytest.raises(DeliveryError, match="still waiting"):
        channels.send("ops", HELLO)
    assert slack.requests == 1


@pytest.mark.parametrize("option", ["retry=3", "optional=yes", "redirect=yes", "rto=60", "footer=yes&image=yes"])
def test_no_option_of_an_address_overrules_ours(slack: SlackReceiver, option: str) -> None:
    slack.script(Answer(302, "", {"Location": f"http://127.0.0.1{PATH}"}))
    channels = Channels({"ops": f"{slack.target}?{option}"}, SHORT)
    with pytest.raises(DeliveryRefused, match="HTTP 302"):
        channels.send("ops", HELLO)
    channels.send("ops", HELLO)
    assert slack.requests == 2
    assert set(slack.posted[0].payload["attachments"][0]) == {"title", "text", "color"}


def test_no_log_line_at_any_level_holds_a_token(slack: SlackReceiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    errors = []
    channels = channels_to(slack, Answer(), NO_SERVICE, Answer(hang=30), Answer(500, "modelwatchdemo_x"))
    for _ in range(4):
        try:
            channels.send("ops", HELLO)
        except DeliveryError as error:
            errors.append(repr(error))
    assert len(errors) == 3
    assert not [token for token in TOKENS if token in caplog.text + "".join(errors)]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("nothing", "no address"),
        ("slack://secretA/secretB", "Apprise does not take this address"),
        ("nosuch://secretA/secretB", "Apprise does not take this address"),
        ("syslog://secretA", "acts on this machine"),
        ("DBus://secretA", "acts on this machine"),
        ("slack-loopback://hooks.secretA.com/A/B/C", "for this machine only"),
        ("slack-loopback://192.0.2.1/A/B/C", "for this machine only"),
        ("slack-loopback://127.0.0.1:secretA/A/B/C", "needs a host and a port"),
    ],
)
def test_a_wrong_address_names_its_key_and_shows_no_secret(target: str, problem: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ConfigError, match=problem) as caught:
        Channels({"ops": target})
    assert caught.value.key == "channels.ops"
    assert "secret" not in str(caught.value) + caplog.text


def test_the_log_is_a_channel_that_needs_no_address_and_takes_none(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "modelwatch.alerts")
    channels = Channels({})
    channels.send("log", HELLO)
    assert (channels.ids, caplog.messages) == (("log",), ["a title\na body & more\nin two lines"])
    with pytest.raises(ConfigError, match=r"channels\.log"):
        Channels({"log": "slack://A/B/C"})


def test_a_channel_that_is_not_configured_never_will_take_anything() -> None:
    with pytest.raises(DeliveryRefused, match="no channel of this name"):
        Channels({}).send("gone", HELLO)


def test_without_a_real_channel_apprise_is_not_even_imported() -> None:
    code = "import sys; from monitor.alerts.channels import Channels; Channels({}); sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("slack://T1/B1/secret", "slack://***"),
        ("mailto://me:secret@example.com?to=x", "mailto://***"),
        ("https://hooks.slack.com/services/T1/B1/secret", "https://hooks.slack.com/***"),
        ("json://me:secret@host.example:8080/path?+X=secret", "json://host.example:8080/***"),
        ("jsons://host.example?token=secret", "jsons://host.example/***"),
        ("secret", "***"),
    ],
)
def test_an_address_is_shown_without_its_secrets(target: str, shown: str) -> None:
    assert masked(target) == shown


CORPUS = "<!channel> <!here> <@U1> <https://evil.example|x> *b* [m](https://evil.example) <script>x</script> @everyone \u202e\x00\r\n& ok"


def test_nothing_scraped_is_alive_in_what_slack_got(slack: SlackReceiver) -> None:
    key = ModelKey("openai", CORPUS, scope_of({"region": CORPUS}))
    state = retiring(key, Retires(on("2026-10-14")), CORPUS, CORPUS)
    alerts = [
        reminder(state),
        news(*(event(kind, key, before=CORPUS, after=CORPUS, quote=CORPUS, url=f"https://x/{CORPUS}") for kind in EventKind)),
    ]
    channels = channels_to(slack)
    for alert in alerts:
        channels.send("ops", render(alert, noon("2026-09-14")))
    assert len(slack.posted) == 2
    for posted in slack.posted:
        assert not [sign for sign in ("<", ">", "](", "@everyone", "@U1", "\u202e", "\x00", "\r") if sign in posted.raw]
        assert posted.text.count("\n\n") == 3  # no line of a scraped text is a line of ours
        assert len(posted.raw) <= 2900 + 140 * 5


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        (b"not json", Answer(400, "invalid_payload")),
        (b"[]", Answer(400, "invalid_payload")),
        (b"{}", Answer(400, "no_text")),
        (b'{"text": "hello"}', Answer()),
        (b'{"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "hello"}}]}', Answer()),
        (b'{"blocks": [{"type": "header", "text": {"text": "' + b"x" * 151 + b'"}}]}', Answer(400, "invalid_blocks")),
        (b'{"text": "x", "blocks": [' + b",".join([b'{"type": "divider"}'] * 51) + b"]}", Answer(400, "invalid_blocks")),
        (b'{"attachments": [' + b",".join([b'{"text": "x"}'] * 101) + b"]}", Answer(400, "too_many_attachments")),
        (b'{"text": "' + b"x" * 40_001 + b'"}', Answer(400, "msg_too_long")),
    ],
)
def test_the_receiver_keeps_slacks_limits(slack: SlackReceiver, payload: bytes, answer: Answer) -> None:
    assert slack.answer(PATH, payload) == answer


def test_the_receiver_knows_only_its_own_address(slack: SlackReceiver) -> None:
    assert slack.answer("/services/T/B/other", b'{"text": "hello"}') == NO_SERVICE
