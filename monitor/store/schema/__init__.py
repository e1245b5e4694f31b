"""The tables (DESIGN section 7) and the revision that this program was written for."""

from monitor.store.schema.base import Base
from monitor.store.schema.evidence import AddressRow, PageRow, ReadingRow, SourceRow
from monitor.store.schema.memory import OPEN_ENDED, AbsenceRow, ClaimRow, LifecycleRow
from monitor.store.schema.news import AckRow, AlertRow, DeliveryRow, EventRow, MonthRow

REVISION = "0005"  # the newest in migrations/; a constant, so that no command pays for importing Alembic

__all__ = [
    "OPEN_ENDED",
    "REVISION",
    "AbsenceRow",
    "AckRow",
    "AddressRow",
    "AlertRow",
    "Base",
    "ClaimRow",
    "DeliveryRow",
    "EventRow",
    "LifecycleRow",
    "MonthRow",
    "PageRow",
    "ReadingRow",
    "SourceRow",
]
