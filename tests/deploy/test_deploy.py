"""What is shipped for deploying: it loads, parses, and keeps to its own rules."""

import re
import shutil
import subprocess
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.config import load_settings
from monitor.domain.policy.timing import Quiet

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
WEBHOOK = {"HOME": "/", "SLACK_WEBHOOK": "https://hooks.slack.com/services/T0/B0/x"}
MOST_EXPOSED = "20"  # tenths


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def test_the_example_configuration_loads() -> None:
    settings = load_settings(DEPLOY / "modelwatch.toml", WEBHOOK)
    assert (settings.web.listen, settings.log.format, list(settings.channels)) == ("127.0.0.1:9464", "json", ["team"])
    assert (settings.health.channels, settings.health.owner) == (("team",), "platform-team")
    (watch,) = settings.watches
    assert (watch.channels, watch.owner, watch.timing.quiet) == (("team",), "platform-team", Quiet(time(22), time(7)))


def test_the_unit_is_right_and_hardened(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    unit = tmp_path / "modelwatch.service"
    text = (DEPLOY / "modelwatch.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/modelwatch/bin/modelwatch", "/bin/true"), encoding="utf-8")  # which need not be installed here
    for words in (["verify"], ["security", "--offline=true", f"--threshold={MOST_EXPOSED}"]):
        done = subprocess.run(["systemd-analyze", *words, str(unit)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Unknown" not in done.stderr


def test_the_unit_hands_secrets_over_as_credentials_and_has_a_watchdog() -> None:
    text = (DEPLOY / "modelwatch.service").read_text(encoding="utf-8")
    for line in ("Type=notify", "WatchdogSec=90", "DynamicUser=yes", "StateDirectory=modelwatch", "ProtectSystem=strict"):
        assert f"\n{line}\n" in text
    loaded = set(re.findall(r"^LoadCredential=([\w-]+):", text, re.MULTILINE))
    assert loaded == set(re.findall(r"_FILE=%d/([\w-]+)$", text, re.MULTILINE)) != set()


def test_the_container_runs_as_nobody_on_a_root_of_its_own_and_is_looked_after() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith(("#", " "))]
    said = {word: [rest for other, rest in steps if other == word] for word, _ in steps}
    assert {rest.split()[0] for rest in said["FROM"]} == {"python:3.11-slim"}
    assert said["USER"] == ["10001:10001"]
    assert [word for word, _ in steps].index("USER") < [word for word, _ in steps].index("ENTRYPOINT")
    assert said["ENTRYPOINT"] == ['["modelwatch"]']
    assert '"doctor", "--daemon"' in said["HEALTHCHECK"][0]
    assert said["VOLUME"] == ['["/var/lib/modelwatch"]']
    root = DEPLOY.parent
    copied = [place for rest in said["COPY"] if "--from" not in rest for place in rest.split()[:-1]]
    assert [place for place in copied if not (root / place).exists()] == []
    assert not re.search(r"(?i)(password|token|secret)\s*=", text)


def test_the_compose_file_is_read_only_and_keeps_its_secrets_in_files() -> None:
    (compose,) = documents("compose.yml")
    own = compose["services"]["modelwatch"]
    assert (own["read_only"], own["cap_drop"]) == (True, ["ALL"])
    assert all(name.endswith("_FILE") or name == "MODELWATCH_LOG" for name in own["environment"])
    used = {secret for service in compose["services"].values() for secret in service["secrets"]}
    assert used == set(compose["secrets"])
    assert (DEPLOY / own["build"]["context"] / own["build"]["dockerfile"]).resolve() == DEPLOY / "Containerfile"


def test_the_manifest_is_whole_and_its_configuration_loads(tmp_path: Path) -> None:
    kinds = {one["kind"]: one for one in documents("kubernetes.yml")}
    assert set(kinds) == {"ConfigMap", "Deployment", "Service"}
    (tmp_path / "modelwatch.toml").write_text(kinds["ConfigMap"]["data"]["modelwatch.toml"], encoding="utf-8")
    port = load_settings(tmp_path / "modelwatch.toml", WEBHOOK).web.port
    pod = kinds["Deployment"]["spec"]["template"]["spec"]
    (own,) = pod["containers"]
    assert own["ports"] == [{"name": "web", "containerPort": port}]
    assert (own["livenessProbe"]["httpGet"]["path"], own["readinessProbe"]["httpGet"]["path"]) == ("/healthz", "/readyz")
    assert (pod["securityContext"]["runAsNonRoot"], own["securityContext"]["readOnlyRootFilesystem"]) == (True, True)
    assert {mount["name"] for mount in own["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert kinds["Service"]["spec"]["selector"] == kinds["Deployment"]["spec"]["selector"]["matchLabels"] == labels


def test_every_metric_of_the_rules_is_one_that_is_served() -> None:
    served = set(re.findall(r'"(modelwatch_\w+)"', (DEPLOY.parent / "monitor/web/exposition.py").read_text(encoding="utf-8")))
    served = {name + "_total" if name in {"modelwatch_events", "modelwatch_deliveries"} else name for name in served}
    (rules,) = documents("prometheus-rules.yml")
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]
    used = {name for rule in alerts for name in re.findall(r"\bmodelwatch_\w+", rule["expr"])}
    assert used <= served
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] for rule in alerts)


def test_prometheus_takes_the_rules() -> None:
    if shutil.which("promtool") is None:
        pytest.skip("no promtool here; Debian's package prometheus has it")
    done = subprocess.run(["promtool", "check", "rules", str(DEPLOY / "prometheus-rules.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
