"""The files for operators: valid, pinned, and in the words of the program."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.unit.docs.test_docs import PACKAGES, ROOT
from tests.variables import declared_variables

SCHEMA = ROOT / "tests" / ".vendor" / "compose.schema.json"
COMPOSE = ROOT / "docker-compose.yml"
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
FIGURE = re.compile(r"\bwenshu_[a-z_]+")
VARIABLE = re.compile(r"\bWENSHU_[A-Z0-9_]+")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


def test_the_compose_file_fits_the_compose_specification() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    assert [error.message for error in validator.iter_errors(compose())] == []
    assert not validator.is_valid({"services": {"a": {"imagine": "x"}}})


@pytest.mark.parametrize("name", sorted(compose()["services"]))
def test_every_service_is_pinned_limited_watched_and_in_a_profile(name: str) -> None:
    service = compose()["services"][name]
    assert service["profiles"]
    assert re.search(r":[\w.-]*\d|:local$", service["image"]), service["image"]
    assert not service["image"].endswith(":latest")
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert service["restart"] in {"unless-stopped", "on-failure"}
    if "wenshu" not in service["image"] or "ports" in service:
        assert service["healthcheck"]["test"]


def test_services_wait_for_services_that_exist_and_use_volumes_that_exist() -> None:
    found = compose()
    for service in found["services"].values():
        assert set(service.get("depends_on", {})) <= set(found["services"])
        named = {
            volume.split(":")[0] for volume in service.get("volumes", ()) if volume[0] not in "./"
        }
        assert named <= set(found["volumes"])


def read_variables() -> set[str]:
    read: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            read |= set(VARIABLE.findall(path.read_text(encoding="utf-8")))
    return read | declared_variables()


@pytest.mark.parametrize(
    "path", [COMPOSE, ROOT / "Dockerfile", *sorted(DEPLOY.rglob("*.*"))], ids=lambda p: p.name
)
def test_every_variable_that_is_set_is_one_that_the_program_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    own = {"WENSHU_BIND"}  # of the compose file itself
    assert set(VARIABLE.findall(text)) - own <= read_variables()


def test_dashboard_and_alerts_ask_for_figures_that_there_are() -> None:
    source = "".join(
        (ROOT / "wenshu" / "measures" / name).read_text(encoding="utf-8")
        for name in ("metrics.py", "measured.py")
    )
    known = set(FIGURE.findall(source))
    dashboard = json.loads((DEPLOY / "grafana" / "wenshu.json").read_text(encoding="utf-8"))
    asked = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in FIGURE.findall(target["expr"])
    }
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    for group in alerts["groups"]:
        for rule in group["rules"]:
            asked |= set(FIGURE.findall(rule["expr"]))
            assert rule["annotations"]["summary"]
    assert asked
    assert {re.sub(r"_(total|bucket)$", "", name) for name in asked} <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_units_of_systemd_start_what_there_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (start,) = re.findall(r"^ExecStart=\S+/wenshu (\w+)", text, re.MULTILINE)
    assert start in {"serve", "work"}
    assert "NoNewPrivileges=yes" in text
    assert re.search(r"^Restart=", text, re.MULTILINE)
    # A worker's processes die of the signal that its first one waits for them on.
    assert ("KillMode=mixed" in text) == (start == "work")


def test_prometheus_asks_services_that_there_are_at_the_ports_they_listen_on() -> None:
    services = compose()["services"]
    text = (DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    asked = {
        (name, found["port"])
        for scrape in yaml.safe_load(text)["scrape_configs"]
        for found in scrape["dns_sd_configs"]
        for name in found["names"]
    }
    workers = {name for name, it in services.items() if "work" in it.get("command", ())}
    assert asked == {("web", 8000), ("wenshu", 8000), *((name, 9100) for name in workers)}
    for name in workers:
        command = services[name]["command"]
        assert command[command.index("--metrics-port") + 1] == "9100"
        assert command[command.index("--metrics-host") + 1] == "0.0.0.0"  # noqa: S104 - its network
