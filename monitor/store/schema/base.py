"""What every table shares: names for constraints, and the types of the columns."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from monitor.store.types import CleanText, Json, UtcDateTime

Id = Annotated[int, mapped_column(primary_key=True)]
Hash = Annotated[str, mapped_column(String(64))]
JsonValue = Annotated[Any, mapped_column(Json)]


def partial(name: str, *columns: str, where: str) -> Index:
    """An index over the rows *where* something holds; the migrations make it.

    Said as SQLAlchemy's `postgresql_where`, every command would load that dialect, also where the database is SQLite.
    """
    return Index(name, *columns, info={"where": where})


class Base(DeclarativeBase):
    """The root of the tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map: ClassVar = {
        int: BigInteger().with_variant(Integer, "sqlite"),  # SQLite numbers its rows by itself only in a column of type INTEGER
        str: CleanText,
        datetime: UtcDateTime,
        bytes: LargeBinary,
    }
