"""The keys of sources: what is missing of them, and how a request comes by them when it is sent."""

from functools import partial

from monitor.config.secrets import Env, Place, find_secret
from monitor.domain.pages import AwsKeys, AwsSecret, HeaderSecret, Secret
from monitor.errors import ConfigError
from monitor.fetch.signing import can_sign
from monitor.sources import AwsKey, Key

SECRET_KEY, SESSION_TOKEN = "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"


def lacking(key: Key | AwsKey | None, place: Place | None, env: Env) -> str:
    """What a source with *key* still needs, or ""; *place* is where its secret is kept if not in the usual variable."""
    match key:
        case None:
            return ""
        case Key():
            place = place or Place(key.variable)
            return "" if place.find(env) else f"{place} is {'not set' if place.variable else 'empty'}"
        case AwsKey():
            unset = [variable for variable in (key.variable, SECRET_KEY) if not find_secret(env, variable)]
            if unset:
                return f"{unset[0]} is not set"
            return "" if can_sign() else 'its requests are signed: install "modelwatch[bedrock]"'


def secret_of(key: Key | AwsKey | None, place: Place | None, env: Env, region: str = "") -> Secret | None:
    """The secret as a request carries it: read anew each time one is sent, for some last an hour and are renewed in their file."""
    match key:
        case None:
            return None
        case Key():
            return HeaderSecret(key.header, key.prefix, partial(_value, place or Place(key.variable), env))
        case AwsKey():
            return AwsSecret(key.service, region, partial(_aws_keys, key.variable, env))


def _aws_keys(variable: str, env: Env) -> AwsKeys:
    access_key, secret_key = (_value(Place(name), env) for name in (variable, SECRET_KEY))
    return AwsKeys(access_key, secret_key, find_secret(env, SESSION_TOKEN) or "")


def _value(place: Place, env: Env) -> str:
    found = place.find(env)
    if found is None:
        raise ConfigError(str(place), "no longer set")
    return found
