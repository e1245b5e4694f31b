"""Our log lines on stderr."""

import logging

QUIET = ("apscheduler", "httpx", "httpcore", "alembic", "sqlalchemy.engine")


def log_to_stderr(*, info: bool = False, debug: bool = False) -> None:
    """Warnings, or more; other people's libraries only when something is wrong (some print whole addresses)."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    logging.getLogger("modelwatch").setLevel(logging.DEBUG if debug else logging.INFO if info else logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
