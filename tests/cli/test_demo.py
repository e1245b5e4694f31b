"""The demonstration tells the announcement, every reminder and the retirement of the ChatGPT sunset, and nothing of the API model."""

import re

from monitor.cli.demo.story import tell
from monitor.domain.events import EventKind


def test_the_story_is_the_announcement_six_reminders_and_the_retirement() -> None:
    lines: list[str] = []
    events = tell(lines.append)
    told = "\n".join(lines)
    days = re.findall(r"^--- \w{3} (\d\d \w{3}) 2026, in the channel", told, re.MULTILINE)
    assert days == ["12 Jan", "14 Jan", "30 Jan", "06 Feb", "10 Feb", "12 Feb", "13 Feb", "15 Feb"]
    assert [re.search(rf"Reminder: .* {words}", told) is not None for words in ("in 30 days", "in 14 days", "in 7 days", "in 3 days")] == [
        True
    ] * 4
    assert re.search(r"Reminder: .* tomorrow", told)
    assert re.search(r"Reminder: .* today", told)
    assert "8 messages in 38 days" in told
    ended = [(event.key.provider, event.after) for event in events if event.kind is EventKind.RETIREMENT_SCHEDULED]
    assert ended == [("chatgpt", "2026-02-13")]
    assert told.count("not affected by this date") == 8
