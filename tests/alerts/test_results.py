import pytest

from monitor.alerts.results import failure_of
from monitor.errors import DeliveryError, DeliveryRefused, DeliveryUnclear

AFTER = "DEBUG", "Socket Exception: HTTPConnectionPool(host='x', port=80): Read timed out. (read timeout=5.0)"
BOT = "WARNING", "Failed to send to Slack: error=200."
BEFORE = "DEBUG", "Socket Exception: HTTPConnectionPool(host='x', port=80): Max retries exceeded with url: /T/B/C (Caused by timed out)"


@pytest.mark.parametrize(
    ("lines", "error", "words"),
    [
        ([("DEBUG", "Socket Exception: (535, b'5.7.8 bad credentials')")], DeliveryRefused, "the mail server said 535"),
        ([("DEBUG", "Socket Exception: {'a@b': (550, b'no such user')}")], DeliveryRefused, "the mail server said 550"),
        ([("DEBUG", "Socket Exception: (421, b'try again later')")], DeliveryError, "the mail server said 421"),
        ([AFTER], DeliveryUnclear, "no answer after it was sent"),
        ([BEFORE], DeliveryError, "no connection"),
        ([("DEBUG", "Slack Payload: {'text': 'Exception: Read timed out error=404'}"), BEFORE], DeliveryError, "no connection"),
        ([BOT, ("DEBUG", "Response Details:\r\nb'{\"ok\":false,\"error\":\"channel_not_found\"}'")],
         DeliveryRefused, "HTTP 200 (channel_not_found)"),
        ([BOT, ("DEBUG", "Response Details:\r\nb'{\"ok\":false,\"error\":\"ratelimited\"}'")],
         DeliveryError, "HTTP 200, but not the answer to an accepted message"),
        ([("WARNING", "first, error=503."), ("WARNING", "then, error=401.")], DeliveryRefused, "HTTP 401"),
        ([("WARNING", "It did not work.")], DeliveryError, "not accepted; no reason given"),
        ([], DeliveryError, "not accepted; no reason given"),
    ],
)  # fmt: skip
def test_what_apprise_logged_amounts_to_the_right_error(lines: list[tuple[str, str]], error: type[DeliveryError], words: str) -> None:
    found = failure_of(lines)
    assert (type(found), str(found)) == (error, words)
