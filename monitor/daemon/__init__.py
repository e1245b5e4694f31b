"""The daemon: APScheduler as a timer over next-due times kept in our database; signals; a clean stop."""

from monitor.daemon.run import run

__all__ = ["run"]
