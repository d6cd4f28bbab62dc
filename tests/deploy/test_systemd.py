"""The units start what `up` starts."""

from __future__ import annotations

import shlex
from configparser import ConfigParser

import pytest
from django.conf import settings

from speechcoach.processes import Program
from tests.deploy.installed import FOLDER, INSTALLED, PORT, QUEUES, all_programs, command

UNITS = FOLDER / "systemd"
COMMON = UNITS / "speechcoach-.service.d" / "common.conf"
TEMPLATES = ("web", *QUEUES)
PROGRAMS = all_programs("${WEB_HOST}")
NICENESS = ["nice", "-n", "10"]

each_program = pytest.mark.parametrize(("name", "program"), PROGRAMS.items(), ids=list(PROGRAMS))


class Unit(ConfigParser):
    optionxform = staticmethod(str)  # type: ignore[assignment]


def read(name: str) -> Unit:
    """A unit of ours; nothing is given twice, which systemd would add up or replace."""
    unit = Unit(strict=True, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    text = (UNITS / name).read_text().replace("\\\n", " ")
    unit.read_string(text)
    return unit


def unit_of(name: str) -> Unit:
    return read(f"speechcoach-{name}{'@' if name in TEMPLATES else ''}.service")


def environment(unit: Unit) -> dict[str, str]:
    pairs = shlex.split(unit["Service"].get("Environment", ""))
    return dict(pair.split("=", 1) for pair in pairs)


def expected(program: Program) -> tuple[list[str], str | None]:
    """The command, and how nice it is: systemd has a setting for that."""
    words = command(program)
    if words[:3] == NICENESS:
        return words[3:], NICENESS[-1]
    return words, None


def test_there_is_a_unit_for_each_program_and_no_other() -> None:
    names = {path.name for path in UNITS.glob("*.service")}
    assert names == {
        f"speechcoach-{name}{'@' if name in TEMPLATES else ''}.service" for name in PROGRAMS
    }


@each_program
def test_it_runs_what_up_runs(name: str, program: Program) -> None:
    service = unit_of(name)["Service"]
    words = shlex.split(service["ExecStart"].replace("%i", str(PORT)))
    assert (words, service.get("Nice")) == expected(program)


@each_program
def test_it_has_the_environment_that_up_gives(name: str, program: Program) -> None:
    given = environment(unit_of(name))
    given.pop("WEB_HOST", None)
    assert given == program.environment


def test_the_pages_are_for_this_machine_alone_unless_told_otherwise() -> None:
    assert environment(unit_of("web"))["WEB_HOST"] == "127.0.0.1"
    assert unit_of("web")["Install"]["DefaultInstance"] == str(PORT)


@pytest.mark.parametrize("name", ["web", "scheduler"])
def test_it_may_take_as_long_to_end_as_under_up(name: str) -> None:
    seconds = float(unit_of(name)["Service"]["TimeoutStopSec"])
    assert seconds == PROGRAMS[name].grace_seconds


@pytest.mark.parametrize("name", QUEUES)
def test_a_worker_may_hand_back_for_as_long_as_its_lease(name: str) -> None:
    seconds = float(unit_of(name)["Service"]["TimeoutStopSec"])
    assert seconds == settings.LEASE_SECONDS >= PROGRAMS[name].grace_seconds


@each_program
def test_it_belongs_to_the_target(name: str, program: Program) -> None:
    assert unit_of(name)["Install"]["WantedBy"] == "speechcoach.target"
    assert read(COMMON.relative_to(UNITS).as_posix())["Unit"]["PartOf"] == "speechcoach.target"


def test_what_dies_comes_back_however_often() -> None:
    common = read(COMMON.relative_to(UNITS).as_posix())
    assert common["Service"]["Restart"] == "always"
    assert common["Unit"]["StartLimitIntervalSec"] == "0"


def test_only_the_program_itself_is_asked_to_end() -> None:
    """As under `up`: a second signal would have RQ give up its job at once."""
    assert read(COMMON.relative_to(UNITS).as_posix())["Service"]["KillMode"] == "mixed"


def test_nobody_is_root_and_nothing_else_can_be_written_to() -> None:
    service = read(COMMON.relative_to(UNITS).as_posix())["Service"]
    assert service["User"] == "speechcoach"
    assert service["WorkingDirectory"] == INSTALLED
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "speechcoach")
    assert "ReadWritePaths" not in service
