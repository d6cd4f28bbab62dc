"""The real web server, and a signed-in client that may break off in the middle of a sentence."""

from __future__ import annotations

import http.client
import os
import socket
import struct
import subprocess
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from accounts_app.models import User
from sessions_app import tus
from speechcoach import processes, programs
from tests.deadline import eventually
from tests.ports import free_port

TOKEN = "a" * 32
PATIENCE = 30  # seconds until a test that gets no answer fails


@dataclass
class WebServer:
    """granian as `up` runs it; `environment` goes before the defaults."""

    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)

    def start(self) -> None:
        program = programs.web("127.0.0.1", self.port)
        self._process = subprocess.Popen(
            program.command,
            env={**os.environ, **program.environment, **self.environment},
            start_new_session=True,
        )
        eventually(self._answers, seconds=60, what="the web server answers")

    def kill(self) -> None:
        processes.kill_group(self._process)
        self._process.wait(PATIENCE)

    def _answers(self) -> bool:
        """A view does: one that was killed can still be connected to for a moment."""
        assert self._process.poll() is None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request("OPTIONS", "/uploads/")
            return connection.getresponse().status == 204
        return False


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


class Sender:
    """Speaks tus as a browser of this user does."""

    def __init__(self, port: int, user: User) -> None:
        self._port = port
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Tus-Resumable": tus.VERSION,
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(connection):
            connection.request(method, path, body, {**self.headers, **named})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def begin(self, length: int) -> str:
        answer = self.ask("POST", "/uploads/", Upload_Length=str(length))
        assert answer.status == 201, answer
        return answer.headers["Location"]

    def offset(self, path: str) -> int:
        answer = self.ask("HEAD", path)
        assert answer.status == 200, answer
        return int(answer.headers["Upload-Offset"])

    def send(self, path: str, piece: bytes, at: int) -> Answer:
        return self.ask("PATCH", path, piece, Content_Type=tus.PIECE, Upload_Offset=str(at))

    def start_sending(self, path: str, piece: bytes, at: int, length: int) -> socket.socket:
        """Announce `length` bytes and send the first of them; the rest is up to the caller."""
        lines = {
            **self.headers,
            "Host": f"127.0.0.1:{self._port}",
            "Content-Type": tus.PIECE,
            "Content-Length": str(length),
            "Upload-Offset": str(at),
        }
        head = f"PATCH {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
        connection.sendall(head.encode() + b"\r\n" + piece)
        return connection


def reset(connection: socket.socket) -> None:
    """Break a connection off as a machine does that is switched off and on again."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
