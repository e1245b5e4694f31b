"""What `[[sources]]` declares of a page: which reader, what its columns are called, what its dates mean."""

from difflib import get_close_matches

from monitor.config.convert import converted
from monitor.config.tables import ColumnsTable, PageTable
from monitor.errors import ConfigError
from monitor.parsing.declaration import Announcement, Heading
from monitor.parsing.tables.columns import PLAIN, Role, Words, folded
from monitor.sources import SOURCES, Source

READERS = {"announcement": "generic_page", "feed": "generic_feed", "listing": "generic_listing", "model_page": "model_pages"}
HEADINGS = {"announced": Heading.ANNOUNCED, "retires": Heading.RETIRES, "none": Heading.NOTHING, None: Heading.EVIDENT}
NAMES = {role: role.name.lower() for role in PLAIN} | {Role.STATE: "stage", Role.REPLACEMENT: "replaced_by"}


def reader_of(given: PageTable, key: str) -> Source:
    """The source whose reader reads the page: the one named, else by the kind, else any page's."""
    if given.kind and given.reader:
        raise ConfigError(f"{key}.reader", f"either this or {key}.kind")
    name = given.reader or READERS[given.kind or "announcement"]
    reader = next((source for source in SOURCES if source.key == name), None)
    if reader is None:
        near = get_close_matches(name, [source.key for source in SOURCES], n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"{key}.reader", f"no reader {name!r}{hint}")
    return reader


def rules_of(given: PageTable, reader: Source, key: str) -> Announcement | None:
    """How the page is written, where anything of that is declared; only readers of anybody's announcements can be told."""
    declared = {"columns": given.columns, "heading_dates": given.heading_dates, "floors": given.floors}
    said = [name for name, value in declared.items() if value is not None]
    if not said:
        return None
    if reader.reading is None:
        raise ConfigError(f"{key}.{said[0]}", f"{reader.key} reads pages of one layout; kind announcement and kind feed can be told this")
    columns = _columns(given.columns, f"{key}.columns") if given.columns is not None else ()
    return Announcement("", heading=HEADINGS[given.heading_dates], promises=given.floors or False, columns=columns)


def _columns(table: object, key: str) -> Words:
    given = converted(table, ColumnsTable, key)
    words = {role: tuple(getattr(given, name)) for role, name in NAMES.items()}
    taken: dict[str, str] = {}
    for role, headers in words.items():
        name = NAMES[role]
        for number, header in enumerate(headers):
            if not (word := folded(header)):
                raise ConfigError(f"{key}.{name}[{number}]", "an empty header")
            if taken.setdefault(word, name) != name:
                raise ConfigError(f"{key}.{name}[{number}]", f"{header!r} stands under {taken[word]} too")
    return tuple((role, headers) for role, headers in words.items() if headers)
