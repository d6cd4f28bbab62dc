"""What must be true of a machine before anything is started, each with a sentence that helps."""

from __future__ import annotations

import errno
import importlib
import os
import platform
import socket
import sys
from pathlib import Path

PYTHONS = ((3, 11), (3, 12))
LAST_PORT = 65_535
NEEDED = ("av", "granian", "numpy", "pocketsphinx")


class NotReady(RuntimeError):
    """This machine cannot run Speech Coach yet; the text says what to do."""


def python_version(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Raises `NotReady` unless it is one there are wheels for."""
    if version not in PYTHONS:
        raise NotReady(
            f"Python {version[0]}.{version[1]} will not do: Speech Coach needs Python 3.11 or "
            "3.12. Install one and run: make clean run PYTHON=python3.12"
        )


def modules(names: tuple[str, ...] = NEEDED) -> None:
    """Raises `NotReady` when a compiled part is missing or does not load."""
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise NotReady(
                f"The part {name!r} does not load on {platform.machine()} {sys.platform}: {error}. "
                "Run: make clean run"
            ) from error


def data_folder(path: Path) -> None:
    """Raises `NotReady` unless `path` can be made and written to."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise NotReady(f"Cannot make the folder {path}: {error.strerror}. Set DATA_DIR.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise NotReady(f"Cannot write to {path}. Set DATA_DIR to a folder of your own.")


def port_is_free(host: str, port: int) -> None:
    """Raises `NotReady` unless we could listen there."""
    if not 0 < port <= LAST_PORT:
        raise NotReady(f"There is no port {port}. Set WEB_PORT to one from 1024 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotReady(_port_message(host, port, error)) from error


def _port_message(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use by another program. Stop that one, or choose "
            f"another port: WEB_PORT={port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return f"This user may not open port {port}. Set WEB_PORT to one above 1023."
    return f"Cannot listen on {host}, port {port}: {error}. Set WEB_HOST and WEB_PORT."
