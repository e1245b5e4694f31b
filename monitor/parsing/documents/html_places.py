"""What the text that comes next in an HTML page belongs to."""

from enum import Enum, auto


class Writing(Enum):
    """What the text that comes next belongs to."""

    PARAGRAPH = auto()
    HEADING = auto()
    LIST = auto()
    TABLE = auto()
    CELL = auto()


# Where an element of inline markup alone is read at once.
LEAF_OF = {"p": Writing.PARAGRAPH, "li": Writing.LIST, "td": Writing.TABLE, "th": Writing.TABLE}
