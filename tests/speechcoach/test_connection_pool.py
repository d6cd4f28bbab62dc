"""On the real web server, with PostgreSQL."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection

from tests.deadline import eventually
from tests.sessions_app.web_server import PATIENCE, WebServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def server(live_env: dict[str, str]) -> Iterator[WebServer]:
    server = WebServer(live_env)
    server.start()
    yield server
    server.kill()


def ask(server: WebServer) -> int:
    """For what reads the database and needs nobody to be signed in."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as asked:
        asked.request("GET", "/", headers={"Cookie": "sessionid=nobodys-session"})
        return asked.getresponse().status


def others() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return {pid for (pid,) in cursor.fetchall()}


def test_the_same_connections_serve_one_request_after_the_other(server: WebServer) -> None:
    """One that finds none ready has another one opened, but none is given up."""
    assert [ask(server) for _ in range(3)] == [302] * 3
    kept = others()
    assert kept
    assert [ask(server) for _ in range(5)] == [302] * 5
    assert kept <= others()
    assert len(others()) <= 3


def test_a_connection_that_was_cut_is_replaced_before_anybody_notices(server: WebServer) -> None:
    assert ask(server) == 302
    before = others()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({OTHERS}) AS others")
    assert ask(server) == 302
    eventually(lambda: others().isdisjoint(before), what="the old ones are gone")
