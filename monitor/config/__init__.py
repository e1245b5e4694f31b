"""Configuration: one TOML file and the environment → frozen settings; every error names its key."""

from monitor.config.load import find_config, load_settings
from monitor.config.plan import own_visit, visits, watches
from monitor.config.settings import Settings
from monitor.config.shown import shown

__all__ = ["Settings", "find_config", "load_settings", "own_visit", "shown", "visits", "watches"]
