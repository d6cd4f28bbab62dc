from __future__ import annotations

from pathlib import Path

import pytest
import redis

from speechcoach import redis_server


def fake_server(folder: Path, name: str, version: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0:0 malloc=libc'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def search_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    return tmp_path


def test_prefers_the_redis_of_the_machine(search_path: Path) -> None:
    own = fake_server(search_path, "redis-server", "7.0.15")
    assert redis_server.find_server() == own


def test_takes_valkey_when_the_redis_is_too_old(search_path: Path) -> None:
    fake_server(search_path, "redis-server", "6.0.16")
    valkey = fake_server(search_path, "valkey-server", "8.0.1")
    assert redis_server.find_server() == valkey


def test_falls_back_on_the_bundled_server(
    search_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_server(search_path, "redis-server", "5.0.3")
    bundled = search_path / "bundled"
    monkeypatch.setattr(redis_server, "bundled_server", lambda: bundled)
    assert redis_server.find_server() == bundled


def test_the_server_of_this_machine_is_new_enough() -> None:
    assert redis_server.version(redis_server.find_server()) >= redis_server.OLDEST


def test_says_what_to_do_without_any_server(
    search_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_server, "bundled_server", lambda: None)
    with pytest.raises(redis_server.RedisUnavailable, match="REDIS_URL"):
        redis_server.find_server()


def test_refuses_a_socket_path_the_system_cannot_open(tmp_path: Path) -> None:
    with pytest.raises(redis_server.RedisUnavailable, match="DATA_DIR"):
        redis_server.prepare(tmp_path / ("x" * 100) / "redis.sock")


def test_says_that_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(redis_server.RedisUnavailable, match="does not answer"):
        redis_server.wait_until_ready(f"unix://{tmp_path}/redis.sock", seconds=0.05)


def test_running_server_keeps_its_data_on_disk(redis_client: redis.Redis) -> None:
    assert redis_client.info("persistence")["aof_enabled"] == 1
