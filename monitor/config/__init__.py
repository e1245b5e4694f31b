"""Configuration: one TOML file and the environment → frozen settings; every error names its key.

What needs the sources or their readers is imported when it is first asked for: a command that only reads the database pays for none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from monitor.config.load import find_config, load_settings
from monitor.config.settings import Settings

if TYPE_CHECKING:
    from monitor.config.masked import shown
    from monitor.config.plan import own_visit, visits, watches

__all__ = ["Settings", "find_config", "load_settings", "own_visit", "shown", "visits", "watches"]

_LATER = {"own_visit": "plan", "visits": "plan", "watches": "plan", "shown": "masked"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
