"""The composition root: settings → App. The only place that builds things, draws chances and reads the clock.

Everything but the settings and the database is imported and built when it is first asked for: most commands only read.
"""

from monitor.bootstrap.app import App, upgrade
from monitor.bootstrap.building import build
from monitor.bootstrap.edges import clock, fetcher_for, spread

__all__ = ["App", "build", "clock", "fetcher_for", "spread", "upgrade"]
