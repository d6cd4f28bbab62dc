"""Connections that break, on the server that people use."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.urls import reverse

from accounts_app.models import User
from sessions_app import partials, tus
from sessions_app.models import PracticeSession, Upload
from sessions_app.request_body import BLOCK
from sessions_app.views.uploads import SENDING_AT_ONCE
from speechcoach import overload
from tests.deadline import eventually
from tests.sessions_app.arriving import arrived
from tests.sessions_app.web_server import TOKEN, Sender, WebServer, reset

pytestmark = pytest.mark.django_db(transaction=True)

RECORDING = os.urandom(1_000_000)
PART = 400_000


@pytest.fixture
def speaker(transactional_db: None, django_user_model: type[User]) -> User:
    return django_user_model.objects.create_user("speaker@example.com")


@pytest.fixture
def server(live_env: dict[str, str]) -> Iterator[WebServer]:
    server = WebServer(live_env)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def sender(server: WebServer, speaker: User) -> Sender:
    return Sender(server.port, speaker)


def finish(sender: Sender, path: str) -> bytes:
    """Go on from where the upload ends; what has arrived then.

    The last bytes of a broken connection may come in between, which then is a 409.
    """
    while (at := sender.offset(path)) < len(RECORDING):
        with suppress(ConnectionError):
            sender.send(path, RECORDING[at:], at)
    return arrived(Upload.objects.get())


def until_most_has_come(sender: Sender, path: str) -> None:
    eventually(lambda: sender.offset(path) > PART // 2)


@pytest.mark.parametrize("break_off", [socket.socket.close, reset])
def test_what_came_before_the_connection_broke_is_kept(
    sender: Sender, break_off: Callable[[socket.socket], None]
) -> None:
    path = sender.begin(len(RECORDING))
    connection = sender.start_sending(path, RECORDING[:PART], 0, len(RECORDING))
    until_most_has_come(sender, path)
    break_off(connection)
    assert finish(sender, path) == RECORDING


def test_of_a_connection_that_ends_every_byte_is_kept(sender: Sender) -> None:
    path = sender.begin(len(RECORDING))
    sender.start_sending(path, RECORDING[:PART], 0, len(RECORDING)).close()
    eventually(lambda: sender.offset(path) == PART)
    assert finish(sender, path) == RECORDING


def test_a_connection_that_hangs_does_not_keep_its_owner_out(sender: Sender) -> None:
    path = sender.begin(len(RECORDING))
    with sender.start_sending(path, RECORDING[:PART], 0, len(RECORDING)) as hanging:
        until_most_has_come(sender, path)
        assert finish(sender, path) == RECORDING
        hanging.sendall(RECORDING[PART : PART + BLOCK - PART % BLOCK])
        assert b" 409 " in hanging.recv(100)
    assert arrived(Upload.objects.get()) == RECORDING


def test_connections_that_hang_leave_threads_for_the_others(sender: Sender) -> None:
    assert SENDING_AT_ONCE < overload.SENDING
    paths = [sender.begin(len(RECORDING)) for _ in range(SENDING_AT_ONCE + 3)]
    hanging = [
        sender.start_sending(path, RECORDING[:PART], 0, len(RECORDING))
        for path in paths[:SENDING_AT_ONCE]
    ]
    for path in paths[:SENDING_AT_ONCE]:
        until_most_has_come(sender, path)
    for path in paths[SENDING_AT_ONCE:]:
        answer = sender.send(path, b"a", 0)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "3")
    for connection in hanging:
        connection.close()
    eventually(lambda: sender.send(paths[-1], b"a", 0).status == 204)


def test_a_server_killed_in_the_middle_keeps_what_came(server: WebServer, sender: Sender) -> None:
    path = sender.begin(len(RECORDING))
    with sender.start_sending(path, RECORDING[:PART], 0, len(RECORDING)):
        until_most_has_come(sender, path)
        server.kill()
    server.start()
    assert sender.offset(path) > PART // 2
    assert finish(sender, path) == RECORDING


def test_a_large_file_arrives_and_becomes_a_talk(sender: Sender, speaker: User) -> None:
    data = RECORDING * 50
    path = sender.begin(len(data))
    at = 0
    while at < len(data):
        answer = sender.send(path, data[at : at + 8_000_000], at)
        assert answer.status == 204
        at = int(answer.headers["Upload-Offset"])
    upload = Upload.objects.get()
    fields = f"csrfmiddlewaretoken={TOKEN}&language=en&kind=free&upload={upload.pk}"
    form = "application/x-www-form-urlencoded"
    answer = sender.ask("POST", reverse("session_new"), fields.encode(), Content_Type=form)
    session = PracticeSession.objects.get(owner=speaker)
    assert (answer.status, answer.headers["Location"]) == (302, session.get_absolute_url())
    with session.media.open() as file:
        assert file.read() == data
    assert partials.offset(upload.pk) is None
    gone = sender.ask("HEAD", path)
    assert (gone.status, gone.headers["Location"]) == (410, session.get_absolute_url())


def test_a_piece_of_unknown_length_is_refused(sender: Sender) -> None:
    path = sender.begin(5)
    chunked = {"Transfer_Encoding": "chunked", "Content_Type": tus.PIECE, "Upload_Offset": "0"}
    answer = sender.ask("PATCH", path, b"5\r\nabcde\r\n0\r\n\r\n", **chunked)
    assert answer.status == 411
    assert sender.offset(path) == 0
