"""Two regions of one vendor are two sources: what ends in the one goes on in the other."""

import json
from dataclasses import replace
from pathlib import Path

from monitor.config import load_settings, visits
from monitor.domain.events import EventKind
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.pages import Request
from monitor.domain.reconcile.resolve import resolve_all
from monitor.jobs.poll import poll
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop

NAMES = [f"acme.model-{number}-v1:0" for number in range(6)]
REGIONS = {"eu": "eu-west-1", "us": "us-east-1"}
ENV = {"HOME": "/home/somebody", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush"}


def listing(region: str, *names: str, legacy: str = "") -> bytes:
    items = [
        {
            "modelArn": f"arn:aws:bedrock:{region}::foundation-model/{name}",
            "modelId": name,
            "modelLifecycle": {"status": "LEGACY" if name == legacy else "ACTIVE"},
        }
        for name in names
    ]
    return json.dumps({"modelSummaries": items}).encode()


def configured(tmp_path: Path, site: FaultServer) -> dict[str, Visit]:
    """Both regions as configured, with the vendor's host taken for ours."""
    path = tmp_path / "given.toml"
    path.write_text(
        "".join(
            f'[[sources]]\nkey = "{key}"\nreader = "bedrock_models"\nfill = {{ region = "{region}" }}\n' for key, region in REGIONS.items()
        )
    )
    found = {visit.key: visit for visit in visits(load_settings(path, ENV), ENV)}
    return {key: replace(found[key], requests=(Request(site.url(f"/{key}"), secret=found[key].requests[0].secret),)) for key in REGIONS}


def key(model: str, region: str) -> ModelKey:
    return ModelKey("bedrock", model, scope_of({"region": region}))


def test_a_model_that_ends_in_one_region_goes_on_in_the_other(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        both = configured(tmp_path, site)
        site.routes |= {f"/{name}": page(listing(region, *NAMES)) for name, region in REGIONS.items()}
        for visit in both.values():
            poll(tools, visit, START)
        site.routes["/eu"] = page(listing("eu-west-1", *NAMES[1:], legacy=NAMES[1]))
        for day in (1, 2):
            for visit in both.values():
                poll(tools, visit, START + day * DAY)
        with tools.database.read() as ledger:
            news = [(event.kind, event.key) for event in ledger.events.since() if event.at > START]
            states = resolve_all(ledger.claims.in_force())
    assert (EventKind.MODEL_DELISTED, key(NAMES[0], "eu-west-1")) in news
    assert (EventKind.DEPRECATION_ANNOUNCED, key(NAMES[1], "eu-west-1")) in news
    assert {subject.scope for _, subject in news} == {key("", "eu-west-1").scope}
    stages = {subject: state.stage_on(START + 3 * DAY) for subject, state in states.items()}
    assert [stages[key(name, "eu-west-1")] for name in NAMES[:3]] == [Stage.RETIRED, Stage.DEPRECATED, Stage.ACTIVE]
    assert [stages[key(name, "us-east-1")] for name in NAMES[:3]] == [Stage.ACTIVE] * 3
    assert all(asked.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") for asked in site.requests)
    assert find_source("bedrock_models").at_least <= 2 * len(NAMES)
