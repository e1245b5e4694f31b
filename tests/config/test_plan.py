"""What is visited: every source, with its secret or with the reason why not; and what of it may be shown."""

import sys
from pathlib import Path

import pytest

from monitor.config import Settings, load_settings, shown, visits, watches
from monitor.domain.claims import Authority
from monitor.domain.facts import Listed
from monitor.domain.pages import AwsKeys, AwsSecret, HeaderSecret, Page, Request
from monitor.errors import ConfigError
from monitor.jobs.visits import Visit
from monitor.sources import SOURCES, Source, find_source
from tests.sources.golden import AT, PAGES

ENV = {"HOME": "/home/somebody"}


def settings(tmp_path: Path, text: str = "", **env: str) -> Settings:
    path = tmp_path / "given.toml"
    path.write_text(text)
    return load_settings(path, ENV | env)


def visit(tmp_path: Path, key: str, text: str = "", **env: str) -> Visit:
    found = {one.key: one for one in visits(settings(tmp_path, text), ENV | env)}
    return found[key]


def keys(found: Visit) -> list[tuple[str, str]]:
    """The headers that a visit's keys go into, as they would be sent now."""
    secrets = [request.secret for request in found.requests]
    assert all(request.keyed for request in found.requests)
    return [(secret.header, secret.prefix + secret.read()) for secret in secrets if isinstance(secret, HeaderSecret)]


def test_every_source_is_there_and_says_why_it_cannot_be_visited(tmp_path: Path) -> None:
    found = visits(settings(tmp_path), ENV)
    assert [one.key for one in found] == [source.key for source in SOURCES]
    said = {one.key: one.not_configured for one in found}
    assert {key: said[key] for key in SAID} == SAID
    assert said["openrouter_models"] == said["models_dev"] == said["anthropic_deprecations"] == ""
    keyless = {one.key for one in found if one.source.secret and not one.not_configured}
    assert keyless == set()


SAID = {
    "openai_models": "OPENAI_API_KEY is not set",
    "gemini_models": "GEMINI_API_KEY is not set",
    "openai_model_pages": "no models: set source.openai_model_pages.models",
    "bedrock_models": 'its address needs a region: add [[sources]] with fill = { region = "…" }',
    "azure_models": 'its address needs a resource: add [[sources]] with fill = { resource = "…" }',
    "vertex_models": 'its address needs a location: add [[sources]] with fill = { location = "…" }',
    "model_pages": "no address of its own: add [[sources]]",
    "generic_page": "no address of its own: add [[sources]]",
}


def test_the_key_goes_into_the_vendors_header_beside_its_own(tmp_path: Path) -> None:
    found = visit(tmp_path, "anthropic_models", ANTHROPIC_API_KEY="sk-1")
    assert [request.headers for request in found.requests] == [(("anthropic-version", "2023-06-01"),)]
    assert keys(found) == [("x-api-key", "sk-1")]


def test_an_address_only_the_user_knows_is_given_as_a_page_of_ones_own(tmp_path: Path) -> None:
    text = '[[sources]]\nkey = "mine"\nurl = "https://acme.openai.azure.com/openai/v1/models"\nreader = "azure_models"'
    found = visit(tmp_path, "mine", text)
    assert (found.not_configured, found.provider) == ("", "azure")


def test_a_key_travels_in_a_header_that_never_leaves_its_host(tmp_path: Path) -> None:
    found = visit(tmp_path, "openai_models", OPENAI_API_KEY=" sk-1\n")
    assert [request.url for request in found.requests] == ["https://api.openai.com/v1/models"]
    assert keys(found) == [("Authorization", "Bearer sk-1")]
    assert "sk-1" not in repr(found)


def test_a_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-2\n")
    found = visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "key"))
    assert keys(found) == [("Authorization", "Bearer sk-2")]
    with pytest.raises(ConfigError, match=r"OPENAI_API_KEY_FILE: .*No such file"):
        visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "none"))


def test_a_key_in_a_file_is_read_anew_whenever_it_is_sent(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("ya29.first")
    text = '[[sources]]\nkey = "vertex_eu"\nreader = "vertex_models"\nfill = { location = "europe-west4" }'
    found = visit(tmp_path, "vertex_eu", text, GOOGLE_ACCESS_TOKEN_FILE=str(token))
    assert keys(found) == [("Authorization", "Bearer ya29.first")]
    token.write_text("ya29.second")
    assert keys(found) == [("Authorization", "Bearer ya29.second")]
    token.write_text("")
    with pytest.raises(ConfigError, match="GOOGLE_ACCESS_TOKEN: no longer set"):
        keys(found)


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("\n")
    assert visit(tmp_path, "openai_models", OPENAI_API_KEY="").not_configured == "OPENAI_API_KEY is not set"
    assert visit(tmp_path, "openai_models", OPENAI_API_KEY_FILE=str(tmp_path / "key")).not_configured == "OPENAI_API_KEY is not set"


def test_a_source_with_a_page_per_model_has_one_address_per_model(tmp_path: Path) -> None:
    found = visit(tmp_path, "openai_model_pages", '[source.openai_model_pages]\nmodels = ["gpt-4.1-mini", "../x?y"]')
    assert [request.url for request in found.requests] == [
        "https://platform.openai.com/docs/models/gpt-4.1-mini",
        "https://platform.openai.com/docs/models/..%2Fx%3Fy",
    ]


def test_a_source_can_be_switched_off(tmp_path: Path) -> None:
    found = visit(tmp_path, "openrouter_models", "[source.openrouter_models]\nenabled = false")
    assert (found.requests, found.not_configured) == ((), "source.openrouter_models.enabled is false")


def test_a_users_page_has_its_own_key_provider_and_authority_and_never_a_secret(tmp_path: Path) -> None:
    text = '[[sources]]\nkey = "mine"\nurl = "https://example.org/v1"\nreader = "openai_models"\nauthority = "aggregator"'
    found = visit(tmp_path, "mine", text, OPENAI_API_KEY="sk-1")
    assert found.requests == (Request("https://example.org/v1"),)
    assert (found.facts.key, found.facts.provider, found.facts.authority) == ("mine", "openai", Authority.AGGREGATOR)


def test_watches_are_those_of_the_settings(tmp_path: Path) -> None:
    found = settings(tmp_path, '[[watch]]\nname = "a"')
    assert watches(found) == found.watches


def test_what_is_shown_holds_every_setting_and_no_secret(tmp_path: Path) -> None:
    text = """
        database_url = "postgresql+psycopg://u:hunter2@h:5/d?password=hunter2"
        [fetch]
        proxy = "http://u:hunter2@p:1"
        [channels]
        x = "slack://hunter2/b/c"
        y = "json://u:hunter2@localhost/hunter2?k=hunter2"
        [source.openai_model_pages]
        models = ["a"]
        cadence = "90s"
        [[sources]]
        key = "mine"
        url = "https://u:hunter2@example.org/p?token=hunter2"
        provider = "example"
    """
    pairs = shown(settings(tmp_path, text))
    assert "hunter2" not in str(pairs)
    found = dict(pairs)
    assert len(found) == len(pairs)
    assert found["database_url"] == "postgresql+psycopg://***@h:5/d?***"
    assert found["fetch.proxy"] == "http://***@p:1"
    assert (found["channels.x"], found["channels.y"]) == ("slack://***", "json://localhost/***")
    assert found["source.openai_model_pages.cadence"] == "90s"
    assert found["sources[0].url"] == "https://***@example.org/p?***"


def test_what_is_no_address_is_not_shown_at_all(tmp_path: Path) -> None:
    found = dict(shown(settings(tmp_path, 'database_url = "hunter2"\n[fetch]\nproxy = "http://[hunter2"')))
    assert (found["database_url"], found["fetch.proxy"]) == ("***", "***")


TWO_RESOURCES = """
    [[sources]]
    key = "azure_eu"
    reader = "azure_models"
    fill = { resource = "acme-eu" }
    secret = { env = "AZURE_EU_KEY" }
    [[sources]]
    key = "azure_us"
    reader = "azure_models"
    fill = { resource = "acme-us" }
    secret = { file = "us.key" }
    cadence = "2h"
"""


def test_a_blank_that_is_filled_in_makes_a_source_of_its_own_on_the_vendors_host_with_its_own_key(tmp_path: Path) -> None:
    (tmp_path / "us.key").write_text("key-us\n")
    env = ENV | {"AZURE_EU_KEY": "key-eu"}
    eu, us = visits(settings(tmp_path, TWO_RESOURCES), env)[-2:]
    assert [(one.key, one.facts.key, one.provider, one.not_configured) for one in (eu, us)] == [
        ("azure_eu", "azure_eu", "azure", ""),
        ("azure_us", "azure_us", "azure", ""),
    ]
    assert [request.url for one in (eu, us) for request in one.requests] == [
        "https://acme-eu.openai.azure.com/openai/v1/models?api-version=preview",
        "https://acme-us.openai.azure.com/openai/v1/models?api-version=preview",
    ]
    assert (keys(eu), keys(us)) == ([("api-key", "key-eu")], [("api-key", "key-us")])


def test_a_source_of_its_own_without_its_key_says_which(tmp_path: Path) -> None:
    (tmp_path / "us.key").write_text("")
    eu, us = visits(settings(tmp_path, TWO_RESOURCES), ENV)[-2:]
    assert (eu.not_configured, us.not_configured) == ("AZURE_EU_KEY is not set", f"{tmp_path / 'us.key'} is empty")
    assert (eu.requests, us.requests) == ((), ())


BEDROCK = '[[sources]]\nkey = "bedrock_eu"\nreader = "bedrock_models"\nfill = { region = "eu-west-1" }'
AWS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush"}


def test_bedrocks_requests_are_signed_for_their_region_with_credentials_read_anew(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("token-1")
    (request,) = visit(tmp_path, "bedrock_eu", BEDROCK, **AWS, AWS_SESSION_TOKEN_FILE=str(tmp_path / "token")).requests
    assert request.url == "https://bedrock.eu-west-1.amazonaws.com/foundation-models"
    assert request.keyed
    assert isinstance(request.secret, AwsSecret)
    assert (request.secret.service, request.secret.region) == ("bedrock", "eu-west-1")
    assert request.secret.read() == AwsKeys("AKIDEXAMPLE", "hush", "token-1")
    (tmp_path / "token").write_text("token-2")
    assert request.secret.read().session_token == "token-2"
    assert "hush" not in repr(request.secret.read())


def test_what_bedrock_needs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {variable: visit(tmp_path, "bedrock_eu", BEDROCK, **(AWS | {variable: ""})).not_configured for variable in AWS}
    assert missing == {variable: f"{variable} is not set" for variable in AWS}
    monkeypatch.setitem(sys.modules, "botocore", None)  # as where the extra is not installed
    assert visit(tmp_path, "bedrock_eu", BEDROCK, **AWS).not_configured == 'its requests are signed: install "modelwatch[bedrock]"'


def listed(source: Source, page: str) -> set[str]:
    parsed = source.parse(Page("", (PAGES / page).read_bytes(), AT), source.provider)
    assert parsed.statements
    return {str(said.key.scope) for said in parsed.statements if isinstance(said.fact, Listed)}


def test_what_a_region_lists_is_said_of_that_region_and_what_a_resource_lists_of_the_model(tmp_path: Path) -> None:
    page = "bedrock_models/2025-07-30-us-west-2.json"
    assert listed(visit(tmp_path, "bedrock_eu", BEDROCK, **AWS).source, page) == {"region=eu-west-1"}
    assert listed(find_source("bedrock_models"), page) == {""}
    azure = '[[sources]]\nkey = "a"\nreader = "azure_models"\nfill = { resource = "acme" }'
    scopes = listed(visit(tmp_path, "a", azure, AZURE_OPENAI_API_KEY="k").source, "azure_models/2026-02-10-listing.json")
    assert scopes == listed(find_source("azure_models"), "azure_models/2026-02-10-listing.json")


def test_what_is_filled_in_is_shown_and_where_the_key_is_kept_but_not_the_key(tmp_path: Path) -> None:
    (tmp_path / "us.key").write_text("hunter2")
    found = dict(shown(settings(tmp_path, TWO_RESOURCES)))
    assert found["sources[0].url"] == "https://acme-eu.openai.azure.com/openai/v1/models?***"
    assert (found["sources[0].fill.resource"], found["sources[0].secret"]) == ("acme-eu", "AZURE_EU_KEY")
    assert found["sources[1].secret"] == str(tmp_path / "us.key")
    assert found["fetch.allow"] == "no address inside"
    assert "hunter2" not in str(found)
