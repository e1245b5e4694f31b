"""The App behind a command: built when it is needed, its database ready."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

import click

from monitor.bootstrap import App, build
from monitor.cli.options import Invocation
from monitor.errors import UsageError


def invocation() -> Invocation:
    """What was said before the command."""
    found = click.get_current_context().find_object(Invocation)
    return found or Invocation(None, None, verbose=False)


@contextmanager
def opened(*, upgrade: bool = False) -> Iterator[App]:
    """The App, closed afterwards. An empty database is given its tables; an old one only where *upgrade*, else SchemaMismatch."""
    app = built()
    with app:
        found = app.database.current()
        if upgrade or found is None:
            app.upgrade()
        elif found != app.database.head():
            app.database.check()
        yield app


def built() -> App:
    """The App as the options before the command say."""
    said = invocation()
    return build(said.config_path, database_url=said.database_url, require_schema=False)


def ready() -> App:
    """The App with everything built: raises ConfigError now for whatever would only show at work."""
    app = built()
    try:
        return app.prepare()
    except BaseException:
        app.close()
        raise


def named(app: App, keys: Collection[str]) -> None:
    """Raise UsageError for a key that no source has, with the nearest that one has."""
    known = [visit.key for visit in app.visits]
    for key in keys:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise UsageError(f"no source {key!r}; " + (f"did you mean {near[0]!r}?" if near else "`modelwatch sources` lists them"))
