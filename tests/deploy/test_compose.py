"""The containers start what `up` starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from speechcoach import redis_server
from speechcoach.processes import Program
from tests.deploy.installed import FOLDER, QUEUES, all_programs, command

COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAMS = all_programs("0.0.0.0")
OURS = ("prepare", *PROGRAMS)
PLACES = {"DATA_DIR", "DATABASE_URL", "REDIS_URL"}

each_program = pytest.mark.parametrize(("name", "program"), PROGRAMS.items(), ids=list(PROGRAMS))


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_there_is_a_service_for_each_program() -> None:
    assert set(SERVICES) == {*OURS, "redis", "postgres"}


@each_program
def test_it_runs_what_up_runs(name: str, program: Program) -> None:
    assert SERVICES[name]["command"] == command(program)


@each_program
def test_it_has_the_environment_that_up_gives(name: str, program: Program) -> None:
    given = SERVICES[name]["environment"]
    assert set(given) - PLACES == set(program.environment)
    assert {name: given[name] for name in program.environment} == program.environment


@pytest.mark.parametrize("name", OURS)
def test_all_work_on_the_same_data(name: str) -> None:
    given = SERVICES[name]["environment"]
    assert given.keys() >= PLACES
    assert urlsplit(given["REDIS_URL"]).hostname in SERVICES
    assert f"data:{given['DATA_DIR']}" in SERVICES[name]["volumes"]


@pytest.mark.parametrize("name", ["web", "scheduler"])
def test_it_may_take_as_long_to_end_as_under_up(name: str) -> None:
    assert seconds(SERVICES[name]["stop_grace_period"]) == PROGRAMS[name].grace_seconds


@pytest.mark.parametrize("name", QUEUES)
def test_a_worker_may_hand_back_for_as_long_as_its_lease(name: str) -> None:
    assert seconds(SERVICES[name]["stop_grace_period"]) == settings.LEASE_SECONDS


@each_program
def test_it_comes_back_and_waits_for_the_database(name: str, program: Program) -> None:
    service = SERVICES[name]
    assert service["restart"] == "always"
    assert service["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OURS)
def test_it_may_do_nothing_but_its_work(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_pages_are_asked_whether_they_are_well() -> None:
    program = SERVICES["web"]["healthcheck"]["test"][-1]
    url = next(part for part in program.split("'") if part.startswith("http"))
    assert resolve(urlsplit(url).path).url_name == "healthz"


def test_the_pages_are_reached_from_this_machine_alone() -> None:
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert not any("ports" in service for name, service in SERVICES.items() if name != "web")


def test_redis_keeps_its_data_as_ours_does() -> None:
    """As the server that `up` starts."""
    ours = redis_server.command(Path("redis-server"), Path("/data/redis.sock"))
    words = SERVICES["redis"]["command"]
    options = list(zip(words[1::2], words[2::2], strict=True))
    assert len(options) == 4
    assert set(options) <= set(zip(ours[1::2], ours[2::2], strict=True))


def test_there_is_no_password_in_it() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${")
