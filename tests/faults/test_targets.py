"""Targets of several kinds that fail for real, each in its own way, and what of it is written down."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from monitor.alerts.channels import Channels
from monitor.alerts.targets import Patience
from monitor.cli.demo.receiver import BROKEN, HANGS, NO_SERVICE, TAKES_AND_HANGS, Answer, SlackReceiver, rate_limited
from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.jobs.deliver import deliver
from monitor.jobs.messaging import LEASE
from monitor.store import Database, open_database
from monitor.store.views import AlertState
from tests.alerts.cases import event
from tests.jobs.outgoing import NOW, add, alert, half, views
from tests.receivers import PASSWORD, Mail, MailServer, Webhook

SHORT = Patience(connect=1.0, read=1.0, total=2.0)
LATER = timedelta(hours=1)
SECRET = "h00ksecret"
TOKENS = ("T00000000", "B00000000", "modelwatchdemo", PASSWORD, SECRET)
CORPUS = "<!channel> <!here> <@U1> <https://evil.example|x> *b* [m](https://evil.example) <script>x</script> @everyone \u202e\x00\r\n& ok"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/targets.db")
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def slack() -> Iterator[SlackReceiver]:
    with SlackReceiver() as receiver:
        yield receiver


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with Webhook() as receiver:
        yield receiver


def outcome(database: Database, channel: str) -> tuple[AlertState, int]:
    """The state of the one alert for a channel, and how often it was tried."""
    [view] = [view for view in views(database) if view.alert.channel == channel and view.alert.kind is not AlertKind.CHANNEL]
    return view.state, view.attempts


def shown(mail: EmailMessage) -> str:
    """Every text of a mail."""
    return "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")


def test_of_three_targets_only_those_that_fail_are_tried_again_and_a_dead_one_is_told_of_elsewhere(
    database: Database, slack: SlackReceiver
) -> None:
    with SlackReceiver() as hanging, SlackReceiver() as dead, Webhook() as broken:
        targets = {"ok": slack.target, "hanging": hanging.target, "dead": dead.target, "broken": broken.target()}
        broken.script(Answer(500))
        hanging.script(HANGS)
        dead.script(then=Answer(410, "channel_is_archived"))
        add(database, *(alert(name) for name in targets))
        channels = Channels(targets, SHORT)
        deliver(database, channels, NOW, jitter=half)
        assert {name: outcome(database, name) for name in targets} == {
            "ok": (AlertState.DONE, 1),
            "hanging": (AlertState.WAITING, 1),
            "dead": (AlertState.GIVEN_UP, 1),
            "broken": (AlertState.WAITING, 1),
        }
        deliver(database, channels, NOW + LATER, jitter=half)
        deliver(database, channels, NOW + 2 * LATER, jitter=half)
        assert [outcome(database, name) for name in ("ok", "hanging", "broken")] == [(AlertState.DONE, n) for n in (1, 2, 2)]
        assert (len(hanging.posted), dead.requests) == (2, 1)  # the alert and the word about the dead one; 4xx is not repeated
        assert [message.title for message in slack.posted][1:] == ["Channel dead takes no messages"]
        assert "Channel dead takes no messages" in [message["title"] for message in broken.taken]


@pytest.mark.parametrize(
    ("does", "state", "error", "taken"),
    [
        (Mail.TAKEN, AlertState.DONE, "", 1),
        (Mail.GREYLISTED, AlertState.WAITING, "the mail server said 450", 0),
        (Mail.BUSY, AlertState.WAITING, "the mail server said 451", 0),
        (Mail.UNKNOWN, AlertState.GIVEN_UP, "the mail server said 550", 0),
        (Mail.SPAM, AlertState.GIVEN_UP, "the mail server said 554", 0),
        (Mail.DROPPED, AlertState.WAITING, "no answer after it was sent", 1),
        (Mail.HANGS, AlertState.WAITING, "no answer after it was sent", 1),
    ],
)
def test_what_a_mail_server_says_decides_whether_it_is_asked_again(
    database: Database, mail: MailServer, does: Mail, state: AlertState, error: str, taken: int
) -> None:
    mail.script(does)
    add(database, alert("mail"))
    deliver(database, Channels({"mail": mail.target()}, SHORT), NOW, jitter=half)
    [view] = [view for view in views(database) if view.alert.channel == "mail"]
    assert (view.state, view.last_error, len(mail.taken)) == (state, error, taken)
    deliver(database, Channels({"mail": mail.target()}, SHORT), NOW + LATER, jitter=half)
    assert mail.asked == (2 if state is AlertState.WAITING else 1)
    assert len({message["Subject"] for message in mail.taken}) <= 1  # what came twice came as the same message
    assert all(alert("mail").visible_id in shown(message) for message in mail.taken)


def test_a_mailbox_whose_password_is_wrong_is_dead(database: Database, mail: MailServer, slack: SlackReceiver) -> None:
    add(database, alert("mail"))
    deliver(database, Channels({"mail": mail.target("wrong-password"), "ops": slack.target}, SHORT), NOW, jitter=half)
    assert (outcome(database, "mail"), mail.taken) == ((AlertState.GIVEN_UP, 1), [])
    assert [message.title for message in slack.posted] == ["Channel mail takes no messages"]
    assert "535" in slack.posted[0].text


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_webhook_that_is_gone_or_closed_is_dead_at_the_first_word(database: Database, hook: Webhook, status: int) -> None:
    hook.script(then=Answer(status))
    add(database, alert("hook"))
    channels = Channels({"hook": hook.target()}, SHORT)
    for number in range(3):
        deliver(database, channels, NOW + number * LATER, jitter=half)
    assert (outcome(database, "hook"), hook.requests) == ((AlertState.GIVEN_UP, 1), 1)


def poisoned(channel: str, count: int) -> list[Alert]:
    """Alerts in which everything that comes from a page is an attack."""
    name = CORPUS.replace("\x00", "")  # the store takes no key with it
    key = ModelKey("openai", name, scope_of({"region": name}))
    told = event(
        EventKind.RETIREMENT_SCHEDULED, key, before=CORPUS, after="2026-03-01", quote=CORPUS, url=f"https://x/{CORPUS}", fact="retires"
    )
    return [replace(alert(channel, number), events=(told,)) for number in range(count)]


@pytest.mark.parametrize("count", [1, 3, 200])
def test_scraped_text_arrives_inert_everywhere_alone_and_among_others(
    database: Database, slack: SlackReceiver, mail: MailServer, hook: Webhook, count: int
) -> None:
    targets = {"ops": slack.target, "mail": mail.target(), "hook": hook.target()}
    add(database, *(one for name in targets for one in poisoned(name, count)))
    deliver(database, Channels(targets, SHORT), NOW, jitter=half)
    [posted], [mailed], [hooked] = slack.posted, mail.taken, hook.taken
    alive = ("<!channel>", "<!here>", "<@U1>", "<https://evil", "](http", "<script", "@everyone", "\u202e", "\x00")
    for text in (posted.raw, shown(mailed) + str(mailed["Subject"]), hooked["title"] + hooked["message"]):
        assert not [sign for sign in alive if sign in text]


def everything_written(path: Path) -> str:
    """All text in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def test_no_secret_is_logged_at_any_level_or_written_anywhere(
    database: Database, slack: SlackReceiver, mail: MailServer, hook: Webhook, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.script(BROKEN, NO_SERVICE, rate_limited(SECRET), TAKES_AND_HANGS, Answer(500, "T00000000_modelwatchdemo"))
    mail.script(Mail.GREYLISTED, Mail.UNKNOWN, Mail.DROPPED, Mail.HANGS, Mail.SPAM)
    hook.script(
        Answer(500), Answer(401), Answer(429, "", {"Retry-After": "1"}), Answer(hang=9), Answer(302, "", {"Location": f"/{SECRET}"})
    )
    targets = {"ops": slack.target, "mail": mail.target(), "hook": hook.target(SECRET), "gone": f"json://127.0.0.1:9/{SECRET}"}
    for number in range(5):
        add(database, *(alert(name, number) for name in targets))
        deliver(database, Channels(targets, SHORT), NOW + number * LATER, jitter=half)
    tried = [view for view in views(database) if view.last_error]
    assert len(tried) >= 8
    everything = caplog.text + everything_written(tmp_path / "targets.db") + "".join(view.last_error for view in tried)
    assert not [token for token in TOKENS if token in everything]


def test_a_process_frozen_in_the_middle_of_a_message_repeats_it_with_its_id_and_marks_late(
    database: Database, slack: SlackReceiver
) -> None:
    """Another process takes over once the lease has run out; the first one's mark changes nothing that has arrived."""
    add(database, *(alert("ops", number, source="azure") for number in range(3)))
    with database.write() as ledger:
        ledger.departures.assign({"MW-0000000A": [alert("ops", number) for number in range(3)]})
        frozen = ledger.departures.lease("ops", NOW, NOW + LEASE)
    assert frozen
    deliver(database, Channels({"ops": slack.target}, SHORT), NOW + LEASE, jitter=half)
    with database.write() as ledger:
        ledger.outbox.retry(frozen.alert_ids, NOW + LEASE, NOW + LATER, "no answer after it was sent")
    assert {(view.state, view.batch) for view in views(database)} == {(AlertState.DONE, "MW-0000000A")}
    assert len(slack.posted) == 1
