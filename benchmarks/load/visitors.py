"""What people do, for locust, which runs this file in an environment of its own.

They wait 5 to 15 s, then look at their list, a report, how a talk is getting on, or upload one.
Every answer is checked: it has to be of the right person and the right talk. Each request is on a
connection of its own, as nginx makes them. What was found goes into the file that LOAD_RESULT
names, a JSON list of `[second, what, milliseconds, verdict]`; LOAD_BEGAN is made at the beginning.
"""

# locust is not there when this is checked.
# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import json
import os
import re
import time
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from locust import FastHttpUser, between, events, task

PEOPLE = json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text())
RECORDING = Path(os.environ["LOAD_RECORDING"]).read_bytes()
RESULT, BEGAN = Path(os.environ["LOAD_RESULT"]), Path(os.environ["LOAD_BEGAN"])
SOMEBODY = re.compile(r"person-\d+\.")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FOUND: list[tuple[float, str, float, str]] = []
UNANSWERED: dict[object, tuple[float, str]] = {}
NUMBERS = count()
PATIENCE = 10.0  # seconds; who still waits at the end, and has for so long, has got no answer

FEWEST_ROWS = 10
OKAY, MOVED, NOT_MODIFIED = 200, 302, 304
OK, BUSY, FAILED, WRONG = "ok", "busy", "failed", "wrong"


@events.test_start.add_listener
def begin(**kwargs: object) -> None:
    BEGAN.touch()


@events.quitting.add_listener
def write_down(**kwargs: object) -> None:
    now = time.perf_counter()
    waited = [(now - began, what) for began, what in UNANSWERED.values()]
    late = [(time.time(), what, 1000 * s, FAILED) for s, what in waited if s > PATIENCE]
    RESULT.write_text(json.dumps([*FOUND, *late]))


class Visitor(FastHttpUser):  # type: ignore[misc]
    """One browser; several may be the same person's."""

    wait_time = between(5, 15)
    connection_timeout = network_timeout = 60.0

    def on_start(self) -> None:
        self.person = PEOPLE[next(NUMBERS) % len(PEOPLE)]
        self.running = self.person["running"]
        self.etag = ""

    @task(30)
    def look_at_the_list(self) -> None:
        self.ask("list", "/", self.rows_are_theirs)

    @task(30)
    def read_a_report(self) -> None:
        self.ask("report", f"/talks/{self.person['report']}/", self.it_is("Report of"))

    @task(39)
    def see_how_it_goes(self) -> None:
        headers = {"HX-Request": "true", "If-None-Match": self.etag}
        path = f"/talks/{self.running}/status/"
        answer = self.ask("progress", path, self.it_is_going_on, headers)
        if answer.status_code == OKAY:
            self.etag = answer.headers.get("ETag", "")
            if "HX-Retarget" in answer.headers:  # the report of what was uploaded is there
                self.running, self.etag = self.person["running"], ""

    @task(1)
    def upload_a_talk(self) -> None:
        form = self.ask("new talk", "/talks/new/", lambda answer: bool(TOKEN.search(answer.text)))
        token = TOKEN.search(form.text or "")
        if form.status_code != OKAY or token is None:
            return
        cookie = form.headers.get("Set-Cookie", "").split(";")[0]
        answer = self.ask(
            "upload", "/talks/new/", lambda answer: answer.status_code == MOVED,
            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Referer": self.host},
            cookie, self.filled_in(token[1]),
        )  # fmt: skip
        if answer.status_code == MOVED:
            self.running, self.etag = answer.headers["Location"].split("/")[-2], ""

    def ask(  # noqa: PLR0917 - what varies
        self,
        what: str,
        path: str,
        right: Any,
        headers: dict[str, str] | None = None,
        cookie: str = "",
        body: bytes | None = None,
    ) -> Any:
        cookies = "; ".join(filter(None, (self.person["cookie"], cookie)))
        own = {"Connection": "close", "Cookie": cookies, "Accept-Language": "en", **(headers or {})}
        began = time.perf_counter()
        UNANSWERED[self] = began, what
        answer = self.client.request(
            "POST" if body else "GET", path, data=body, headers=own, allow_redirects=False
        )
        del UNANSWERED[self]
        milliseconds = (time.perf_counter() - began) * 1000
        FOUND.append((time.time(), what, milliseconds, verdict(answer, right)))
        return answer

    def rows_are_theirs(self, answer: Any) -> bool:
        named = SOMEBODY.findall(answer.text)
        return len(named) >= FEWEST_ROWS and set(named) == {self.person["mark"]}

    def it_is(self, title: str) -> Any:
        return lambda answer: f"{title} {self.person['mark']}" in answer.text

    def it_is_going_on(self, answer: Any) -> bool:
        """Another one's talk would be 404, another status would have another mark."""
        if answer.status_code == NOT_MODIFIED:
            return bool(self.etag) and not answer.text
        return set(SOMEBODY.findall(answer.text)) <= {self.person["mark"]}

    def filled_in(self, token: str) -> bytes:
        fields = {
            "csrfmiddlewaretoken": token, "language": "en", "kind": "presentation",
            "title": f"Uploaded by {self.person['mark']}",
        }  # fmt: skip
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        file = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="recording"; '
            'filename="talk.webm"\r\nContent-Type: audio/webm\r\n\r\n'
        )
        return "".join([*parts, file]).encode() + RECORDING + f"\r\n--{BOUNDARY}--\r\n".encode()


BOUNDARY = uuid4().hex


def verdict(answer: Any, right: Any) -> str:
    if answer.status_code in {429, 503}:
        return BUSY if answer.headers.get("Retry-After") else FAILED
    if answer.status_code not in {OKAY, MOVED, NOT_MODIFIED}:
        return FAILED
    return OK if right(answer) else WRONG
