"""Everything that can be known and recorded inside one transaction, by noun."""

from sqlalchemy import Connection

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
        self.sources = Sources(connection)
        self.leases = Leases(connection)
        self.readings = Readings(connection)
        self.claims = Claims(connection)
        self.events = Events(connection)
        self.outbox = Outbox(connection)
        self.departures = Departures(connection)
        self.counts = Counting(connection)
        self.acks = Acks(connection)
        self.muting = Muting(connection)
        self.bundles = Bundles(connection)
        self.baselines = Baselines(connection)
        self.records = Records(connection)
        self.evidence = Evidence(connection)
        self.retention = Retention(connection)
        self.transfer = Transfer(connection)
