from __future__ import annotations

import socket
from pathlib import Path

import pytest

from speechcoach import checks


@pytest.mark.parametrize("version", [(3, 11), (3, 12)])
def test_accepts_the_pythons_there_are_wheels_for(version: tuple[int, int]) -> None:
    checks.python_version(version)


@pytest.mark.parametrize("version", [(3, 10), (3, 13), (4, 0)])
def test_names_the_wrong_python_and_the_right_ones(version: tuple[int, int]) -> None:
    with pytest.raises(checks.NotReady, match=rf"{version[0]}\.{version[1]}.*3\.11 or 3\.12"):
        checks.python_version(version)


def test_every_compiled_part_loads() -> None:
    checks.modules()


def test_names_the_part_that_does_not_load() -> None:
    with pytest.raises(checks.NotReady, match=r"'no_such_wheel'.*make clean run"):
        checks.modules(("numpy", "no_such_wheel"))


def test_makes_the_data_folder_for_its_owner_alone(tmp_path: Path) -> None:
    checks.data_folder(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_names_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(checks.NotReady, match="DATA_DIR"):
        checks.data_folder(tmp_path / "file" / "data")


@pytest.fixture
def taken_port() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def test_names_the_taken_port_and_the_setting(taken_port: socket.socket) -> None:
    with taken_port:
        port = taken_port.getsockname()[1]
        with pytest.raises(checks.NotReady, match=rf"Port {port} .* WEB_PORT=\d+ make run"):
            checks.port_is_free("127.0.0.1", port)


def test_accepts_a_port_that_is_free_again(taken_port: socket.socket) -> None:
    port = taken_port.getsockname()[1]
    taken_port.close()
    checks.port_is_free("127.0.0.1", port)


def test_names_an_address_that_is_not_ours() -> None:
    with pytest.raises(checks.NotReady, match="WEB_HOST"):
        checks.port_is_free("192.0.2.1", 8000)


@pytest.mark.parametrize("port", [-1, 0, 65_536, 800_000])
def test_names_a_port_that_cannot_be(port: int) -> None:
    with pytest.raises(checks.NotReady, match=f"no port {port}.*WEB_PORT"):
        checks.port_is_free("127.0.0.1", port)
