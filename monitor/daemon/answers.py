"""What the daemon answers about itself on its port."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.bootstrap import App
from monitor.config.redaction import REDACTED
from monitor.daemon.vitals import Vitals
from monitor.errors import StoreError
from monitor.queries.measures import measures
from monitor.web import Served
from monitor.web.exposition import CONTENT_TYPE_LATEST, exposition


@dataclass(frozen=True, slots=True)
class Answers:
    """*app* is the one in force."""

    app: Callable[[], App]
    vitals: Vitals
    stopping: Callable[[], bool]

    @property
    def served(self) -> Served:
        """The answers by path."""
        return Served(self.vitals.ill, self._unready, self._metrics)

    def _unready(self) -> str:
        if self.stopping():
            return "stopping"
        try:
            self.app().database.check()
        except StoreError as error:
            return REDACTED.redact(str(error))
        return self.vitals.ill()

    def _metrics(self) -> tuple[str, bytes]:
        app = self.app()
        now = app.clock()
        try:
            with app.database.read() as ledger:
                found = measures(ledger, app.visits, app.watches, now)
        except StoreError:
            return "text/plain", b""
        return CONTENT_TYPE_LATEST, REDACTED.redact(exposition(found, self.vitals.tick_age, now).decode()).encode()
