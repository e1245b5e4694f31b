"""What the daemon itself has written leaves at once; the timer is for what others write."""

import time
from pathlib import Path

from monitor.bootstrap import App
from monitor.config import Settings
from monitor.daemon.run import Daemon
from monitor.store import open_database
from monitor.store.views import AlertState
from tests.jobs.outgoing import add, alert, states


def test_an_alert_written_in_this_process_is_delivered_without_the_timer(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/news.db")
    database.upgrade()
    app = App(Settings(f"sqlite:///{tmp_path}/news.db"), database)
    daemon = Daemon(app, lambda: app, lambda _: None)
    daemon.deliver_news()
    assert not daemon.workers.running()  # nothing was written
    add(database, alert("log"))
    ends = time.monotonic() + 10
    while states(database) != {alert("log").visible_id: AlertState.DONE}:
        assert time.monotonic() < ends
        daemon.deliver_news()
        time.sleep(0.01)
    assert not database.alerted.is_set()
    daemon.workers.stop(5)
    app.close()
