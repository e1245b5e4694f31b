"""What a channel refused: seen, found by the id of its message, and sent again."""

import json
from typing import Any

from click.testing import Result

from monitor.cli.demo.receiver import NO_SERVICE, SlackReceiver
from tests.cli.conftest import Command
from tests.faultserver import in_turn, page
from tests.jobs.outgoing import shown_id
from tests.jobs.shopping import table

ROWS = [(f"2097-04-0{number}", f"gpt-old-{number}", "gpt-new-1") for number in range(1, 9)]


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_what_was_given_up_can_be_seen_and_sent_again(mw: Command) -> None:
    with SlackReceiver() as ops, SlackReceiver() as spare:
        watch = '[[watch]]\nname = "all"\nchannels = ["ops"]\n'
        mw.watch("mine", more=f'[channels]\nops = "{ops.target}"\nspare = "{spare.target}"\n{watch}')
        mw.site.routes["/mine"] = in_turn(page(table(*ROWS[:6])), page(table(*ROWS)))
        assert mw("poll", "--deliver").exit_code == 0
        ops.script(NO_SERVICE)
        refused = mw("poll", "--deliver")
        assert refused.exit_code == 5
        assert "HTTP 404 (no_service)" in refused.stderr
        assert [message.title for message in spare.posted] == ["Channel ops takes no messages"]

        parked = rows(mw("alerts", "list", "--state", "given_up", "--json"))
        [batch] = {one["message"] for one in parked}
        assert len(parked) == 2
        assert batch in refused.stderr
        assert {one["alert"] for one in rows(mw("alerts", "show", batch, "--json"))} == {one["alert"] for one in parked}
        assert "gpt-old-8" in mw("alerts", "show", batch.lower()).stdout
        assert "HTTP 404" in mw("alerts", "show", parked[0]["alert"]).stdout

        assert (mw("alerts", "retry").exit_code, mw("alerts", "retry", batch, "--channel", "ops").exit_code) == (2, 2)
        assert mw("alerts", "retry", "--channel", "spare").exit_code == 1
        again = mw("alerts", "retry", "--channel", "ops")
        assert (again.exit_code, set(again.stdout.split())) == (0, {one["alert"] for one in parked})
        assert mw("alerts", "retry", batch).exit_code == 1
        mw("poll", "--deliver")
        assert [shown_id(message) for message in ops.posted][1:] == [batch]
        assert [message.title for message in spare.posted][1:] == ["Channel ops works again"]
