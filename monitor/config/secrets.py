"""Secrets and places out of the environment: `VAR`, or the file that `VAR_FILE` names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.config.redaction import REDACTED
from monitor.config.tables import Reference
from monitor.errors import ConfigError

Env = Mapping[str, str]
MOST_BYTES = 64 * 1024


def find_secret(env: Env, variable: str) -> str | None:
    """The value of *variable*, or what stands in the file that *variable*`_FILE` names; None for neither or nothing."""
    if value := env.get(variable, "").strip():
        _keep(value)
        return value
    path = env.get(f"{variable}_FILE", "")
    return (read_secret(Path(path), f"{variable}_FILE") or None) if path else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret is kept: in a variable (or the file that its `_FILE` names), or in a file."""

    variable: str = ""
    file: Path = Path()

    def find(self, env: Env) -> str | None:
        """The secret that is there now, or None; raises ConfigError for a file that cannot be read."""
        return find_secret(env, self.variable) if self.variable else read_secret(self.file, str(self.file)) or None

    def __str__(self) -> str:
        return self.variable or str(self.file)


def read_secret(path: Path, key: str) -> str:
    """The text of a small file without space around it; ConfigError about *key* if it cannot be had."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        raise ConfigError(key, f"{path}: {error.strerror}") from None
    except ValueError:
        raise ConfigError(key, f"{path} cannot be a secret's file: no text, or no path") from None
    if len(content) > MOST_BYTES:
        raise ConfigError(key, f"{path} is larger than {MOST_BYTES} bytes")
    _keep(text)
    return text


def _keep(value: str) -> None:
    """Never shown again; of a SQLite database's address nothing is secret."""
    if not value.startswith("sqlite:"):
        REDACTED.keep(value)


def find_kept(given: Reference, key: str, near: Path, env: Env) -> str | None:
    """The secret that a reference names, a file of it *near* the configuration; None for a variable that is not set, or nothing."""
    if (given.env is None) is (given.file is None):
        raise ConfigError(key, 'expected one of { env = "VARIABLE" } and { file = "/path" }')
    return find_secret(env, given.env) if given.env else read_secret(near / (given.file or ""), key) or None


def absent(given: Reference) -> str:
    """What to say where it is not there."""
    return f"{given.env} is not set" if given.env else f"{given.file} is empty"


def default_database_url(env: Env) -> str:
    """A SQLite file where systemd keeps our state, else in the user's data folder (XDG)."""
    state = env.get("STATE_DIRECTORY", "").split(":")[0]
    folder = Path(state) if state else _xdg(env, "XDG_DATA_HOME", ".local/share") / "modelwatch"
    return f"sqlite:///{folder / 'modelwatch.db'}"


def config_places(env: Env) -> tuple[Path, ...]:
    """Where a configuration may lie if nobody names one, the first that exists counts."""
    return Path("modelwatch.toml"), _xdg(env, "XDG_CONFIG_HOME", ".config") / "modelwatch" / "modelwatch.toml"


def _xdg(env: Env, variable: str, under_home: str) -> Path:
    named = env.get(variable, "")
    if named and Path(named).is_absolute():  # relative ones are to be ignored (XDG Base Directory Specification)
        return Path(named)
    return Path(env.get("HOME") or Path.home()) / under_home
