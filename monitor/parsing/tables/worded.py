"""Tables whose column of states does not say so in its header: "Description" above nothing but "Deprecated"."""

from msgspec.structs import replace

from monitor.parsing.documents import Table
from monitor.parsing.tables.cells import STAGES
from monitor.parsing.tables.columns import Role, role_of

_STATE = "Status"


def with_states(table: Table) -> Table:
    """The same table with the header "Status" above a column of nothing but state words."""
    header = list(table.header)
    if any(role_of(text.plain) is Role.STATE for text in header):
        return table
    for at in range(1, len(header)):
        words = [word for row in table.rows if at < len(row.cells) and (word := row.cells[at].plain.strip())]
        if words and all(word.casefold() in STAGES for word in words):
            header[at] = replace(header[at], plain=_STATE)
            return replace(table, header=tuple(header))
    return table
