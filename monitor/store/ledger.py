"""Everything that can be known and recorded inside one transaction, by noun; a noun is imported when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from monitor.store.acks import Acks
    from monitor.store.baselines import Baselines
    from monitor.store.bundles import Bundles
    from monitor.store.claims import Claims
    from monitor.store.counts import Counting
    from monitor.store.departures import Departures
    from monitor.store.events import Events
    from monitor.store.evidence import Evidence
    from monitor.store.leases import Leases
    from monitor.store.muting import Muting
    from monitor.store.outbox import Outbox
    from monitor.store.readings import Readings
    from monitor.store.records import Records
    from monitor.store.sources import Sources
    from monitor.store.upkeep.retention import Retention
    from monitor.store.upkeep.transfer import Transfer


class Ledger:
    """One transaction's view of the store; of no use after it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @cached_property
    def sources(self) -> "Sources":
        """When each source is visited, and how."""
        from monitor.store.sources import Sources

        return Sources(self._db)

    @cached_property
    def leases(self) -> "Leases":
        """Who visits a source just now."""
        from monitor.store.leases import Leases

        return Leases(self._db)

    @cached_property
    def readings(self) -> "Readings":
        """What every visit brought."""
        from monitor.store.readings import Readings

        return Readings(self._db)

    @cached_property
    def claims(self) -> "Claims":
        """What is believed, and on whose word."""
        from monitor.store.claims import Claims

        return Claims(self._db)

    @cached_property
    def events(self) -> "Events":
        """What changed."""
        from monitor.store.events import Events

        return Events(self._db)

    @cached_property
    def outbox(self) -> "Outbox":
        """The alerts."""
        from monitor.store.outbox import Outbox

        return Outbox(self._db)

    @cached_property
    def counts(self) -> "Counting":
        """How many there are of everything."""
        from monitor.store.counts import Counting

        return Counting(self._db)

    @cached_property
    def acks(self) -> "Acks":
        """What people muted."""
        from monitor.store.acks import Acks

        return Acks(self._db)

    @cached_property
    def bundles(self) -> "Bundles":
        """What a release brought along."""
        from monitor.store.bundles import Bundles

        return Bundles(self._db)

    @cached_property
    def baselines(self) -> "Baselines":
        """What is usual for a source."""
        from monitor.store.baselines import Baselines

        return Baselines(self._db)

    @cached_property
    def records(self) -> "Records":
        """What people handed in."""
        from monitor.store.records import Records

        return Records(self._db)

    @cached_property
    def evidence(self) -> "Evidence":
        """The pages, and what rests on them."""
        from monitor.store.evidence import Evidence

        return Evidence(self._db)

    @cached_property
    def retention(self) -> "Retention":
        """What need not be kept."""
        from monitor.store.upkeep.retention import Retention

        return Retention(self._db)

    @cached_property
    def transfer(self) -> "Transfer":
        """Everything, on its way to another database."""
        from monitor.store.upkeep.transfer import Transfer

        return Transfer(self._db)

    @cached_property
    def departures(self) -> "Departures":
        """Alerts on their way out."""
        from monitor.store.departures import Departures

        return Departures(self._db)

    @cached_property
    def muting(self) -> "Muting":
        """Alerts that mutes hold back."""
        from monitor.store.muting import Muting

        return Muting(self._db)
