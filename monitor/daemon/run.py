"""Run: a timer ticks, what is due is done, until a signal says stop."""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.bootstrap import App
from monitor.daemon.answers import Answers
from monitor.daemon.beat import Beat
from monitor.daemon.vitals import Vitals, tell_systemd
from monitor.daemon.workers import Workers
from monitor.errors import FetchStopped, LeaseLost, ModelwatchError, StoreError
from monitor.jobs.shop import PollOutcome
from monitor.web import serving

REMIND_EVERY = 60
DELIVER_EVERY = 2
THIN_EVERY = timedelta(days=1)
THIN_AFTER = timedelta(minutes=10)  # not while everything starts
AT_ONCE = 8
STOP_WITHIN = 8.0
FIRST_VISITS_WITHIN = timedelta(seconds=10)

_log = logging.getLogger("modelwatch.daemon")
_UNTICKED = {EVENT_JOB_MAX_INSTANCES: "the one before is not over", EVENT_JOB_MISSED: "too late"}
Report = Callable[[PollOutcome], None]


@dataclass(slots=True)
class Daemon:
    """One running program: the App in force (SIGHUP may replace it), its workers and its stop."""

    app: App
    rebuild: Callable[[], App]
    report: Report
    workers: Workers = field(default_factory=lambda: Workers(AT_ONCE))
    stopping: threading.Event = field(default_factory=threading.Event)
    retired: list[App] = field(default_factory=list)
    vitals: Vitals = field(init=False)
    beat: Beat = field(init=False)

    def __post_init__(self) -> None:
        self.vitals = Vitals(self.workers, self.app.settings.daemon.tick)
        self.beat = Beat(self.workers)

    @staticmethod
    def plan(app: App) -> None:
        """Give every configured source that has none its first visit, spread over ten seconds."""
        configured = [visit.key for visit in app.visits if not visit.not_configured]
        step = FIRST_VISITS_WITHIN / max(1, len(configured))
        now = app.clock()
        with app.database.write() as ledger:
            ledger.sources.ensure({key: now + index * step for index, key in enumerate(configured)})

    def tick(self) -> None:
        """Keep the visits under way, and start one to every source that is due."""
        app = self.app
        app.tenant.renew(app.database, app.clock())
        keys = [visit.key for visit in app.visits if not visit.not_configured]
        with app.database.read() as ledger:
            due = ledger.sources.due(app.clock(), keys)
        for key in due:
            self.workers.start(f"poll {key}", lambda key=key: self._visit(app, key))  # type: ignore[misc]
        self.beat.after_tick(app, due)
        self.vitals.ticked()

    def remind(self) -> None:
        """What the calendar brings, off the timer's thread."""
        self.workers.start("remind", self.app.remind, vital=True)

    def thin(self) -> None:
        """What proves nothing and repeats itself, off the timer's thread."""
        self.workers.start("thin", self.app.thin)

    def deliver(self) -> None:
        """What the outbox holds, off the timer's thread."""
        app = self.app
        self.workers.start("deliver", lambda: app.deliver(going=lambda: not self.stopping.is_set()), vital=True)

    def deliver_news(self) -> None:
        """Deliver at once what this process has written since deliveries last looked; what others write waits for the timer."""
        if self.app.database.alerted.is_set():
            self.deliver()

    def reload(self) -> None:
        """Take the new configuration if it is good; keep the old one, and say so, if it is not."""
        try:
            fresh = self.rebuild()
            self.plan(fresh)
        except ModelwatchError as error:
            told = {"event": "reload", "outcome": "refused", "reason": str(error)}
            _log.error("configuration not reloaded, the old one stays: %s", error, extra={"outcome": told})
            return
        self.retired.append(self.app)
        self.app = fresh
        self.vitals.tick = fresh.settings.daemon.tick
        _log.info("configuration reloaded", extra={"outcome": {"event": "reload", "outcome": "taken"}})

    def _visit(self, app: App, key: str) -> None:
        try:
            outcome = app.tenant.visit(app.shop, app.visit(key), app.clock())
            if outcome:
                self.beat.visited()
                self.report(outcome)
        except LeaseLost as lost:
            _log.warning("%s", lost)
        except FetchStopped:
            _log.info("%s left for the next start", key)
        except StoreError as error:
            if not self.stopping.is_set():
                _log.error("%s not visited: %s", key, error)


def run(app: App, rebuild: Callable[[], App], report: Report) -> None:
    """Run until SIGTERM or SIGINT, then stop within ten seconds; SIGHUP reloads the configuration by *rebuild*.

    Every visit is planned in the database, so that a restart, a sleep or a blocked loop loses none. *report* is called with the
    outcome of each visit.
    """
    daemon = Daemon(app, rebuild, report)
    reloading = threading.Event()
    _on_signals(daemon, reloading)
    with ExitStack() as port:
        _open(port, daemon)
        daemon.plan(app)
        scheduler = _timer(daemon)
        scheduler.start()
        tell_systemd("READY=1")
        try:
            while not daemon.stopping.wait(0.2):
                daemon.deliver_news()
                daemon.beat.keep_watchdog(daemon.vitals)
                if reloading.is_set():
                    reloading.clear()
                    daemon.reload()
        finally:
            tell_systemd("STOPPING=1")
            _stop(daemon, scheduler)


def _open(port: ExitStack, daemon: Daemon) -> None:
    """The port for health and metrics, where one is configured; it stays the one of the start."""
    web = daemon.app.settings.web
    if web.host:
        answers = Answers(lambda: daemon.app, daemon.vitals, daemon.stopping.is_set)
        number = port.enter_context(serving(web.host, web.port, answers.served))
        _log.info("health and metrics on %s:%d", web.host, number, extra={"outcome": {"event": "listening", "port": number}})


def _on_signals(daemon: Daemon, reloading: threading.Event) -> None:
    def stop(number: int, _frame: FrameType | None) -> None:
        _log.info("stopping on %s", signal.Signals(number).name)
        daemon.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda _number, _frame: reloading.set())


def _timer(daemon: Daemon) -> BackgroundScheduler:
    """The timer: a late tick is run however late, several missed ones as one (LIBRARIES 3.1: the defaults drop them)."""
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults, executors={"default": ThreadPoolExecutor(3)})
    now = daemon.app.clock()
    for work, seconds in (
        (daemon.tick, daemon.app.settings.daemon.tick.total_seconds()),
        (daemon.remind, REMIND_EVERY),
        (daemon.deliver, DELIVER_EVERY),
    ):
        scheduler.add_job(work, "interval", id=work.__name__, seconds=seconds, next_run_time=now)
    scheduler.add_job(daemon.thin, "interval", id="thin", seconds=THIN_EVERY.total_seconds(), next_run_time=now + THIN_AFTER)
    scheduler.add_listener(_missed, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def _missed(event: JobExecutionEvent) -> None:
    _log.warning("a tick of %s was missed or failed: %s", event.job_id, getattr(event, "exception", None) or _UNTICKED.get(event.code))


def _stop(daemon: Daemon, scheduler: BackgroundScheduler) -> None:
    """No new ticks; running fetches end at once; what is being written is finished or not begun."""
    daemon.stopping.set()
    scheduler.shutdown(wait=False)
    for app in (daemon.app, *daemon.retired):
        app.stop_fetching()
    left = daemon.workers.stop(STOP_WITHIN)
    if left:
        _log.warning("stopped without waiting for: %s", ", ".join(left))
    for app in (daemon.app, *daemon.retired):
        app.close()
