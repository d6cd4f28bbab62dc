"""More requests than there are places, on the real web server and in this process."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from speechcoach import overload, programs
from speechcoach.overload import AT_WORK, LONG_BODY, SENDING, WAITING, Places
from tests.deadline import eventually
from tests.factories import UserFactory
from tests.sessions_app.web_server import Answer, Sender, WebServer

HELD = 30.0  # seconds, at most
FORM = "multipart/form-data; boundary=b"


class Slow:
    """A view that answers when it is told to."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.inside = 0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.inside += 1
        self.entered.release()
        assert self.go_on.wait(HELD)
        return HttpResponse("done")


@pytest.fixture
def slow(threads: ThreadPoolExecutor) -> Iterator[Slow]:
    """Told to go on before the threads are waited for."""
    view = Slow()
    yield view
    view.go_on.set()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(overload.THREADS) as pool:
        yield pool


def page(path: str = "/", language: str = "en") -> HttpRequest:
    return RequestFactory().get(path, headers={"Accept-Language": language})


def long_body() -> HttpRequest:
    return RequestFactory().post("/uploads/", b"x" * (LONG_BODY + 1), content_type="text/plain")


def fill(
    middleware: overload.Handler,
    request: Callable[[], HttpRequest],
    times: int,
    threads: ThreadPoolExecutor,
) -> list[Future[HttpResponseBase]]:
    return [threads.submit(middleware, request()) for _ in range(times)]


def test_a_place_is_free_again_after_the_answer_and_after_an_error() -> None:
    places = Places(1, waiting=0)
    with pytest.raises(ZeroDivisionError), places.one():
        raise ZeroDivisionError
    with places.one() as first, places.one() as second:
        assert (first, second) == (True, False)
    with places.one() as again:
        assert again


def test_who_waits_gets_the_place_that_becomes_free(threads: ThreadPoolExecutor) -> None:
    places = Places(1, waiting=1, seconds=HELD)
    with ExitStack() as stack:
        stack.enter_context(places.one())
        waiting = threads.submit(places._take)
        eventually(lambda: len(places._waiting) == 1, what="it waits")
        with places.one() as third:
            assert not third  # nor is there a chair
    assert waiting.result(HELD)
    assert places._free == 0  # it is handed over, and not free in between


def test_who_came_first_has_the_first_turn(threads: ThreadPoolExecutor) -> None:
    places = Places(1, waiting=3, seconds=HELD)
    turns: list[int] = []
    asked: list[Future[None]] = []

    def have_a_turn(number: int) -> None:
        with places.one() as taken:
            assert taken
            turns.append(number)

    with places.one():
        for number in range(3):
            asked.append(threads.submit(have_a_turn, number))
            eventually(lambda: len(places._waiting) == len(asked), what="it waits")
    for each in asked:
        each.result(HELD)
    assert turns == [0, 1, 2]


def test_who_has_waited_for_long_enough_is_told_to_come_back() -> None:
    places = Places(1, waiting=1, seconds=0.01)
    with places.one(), places.one() as late:
        assert not late


def test_too_many_are_told_at_once_when_to_come_back(
    slow: Slow, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "WAIT_SECONDS", HELD)
    middleware = overload.overload(slow)
    one_too_many = AT_WORK + WAITING + 1
    asked = fill(middleware, lambda: page(language="de"), one_too_many, threads)
    eventually(lambda: any(each.done() for each in asked), what="somebody is told")
    (refused,) = (each.result() for each in asked if each.done())
    assert isinstance(refused, HttpResponse)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "no-store" in refused.headers["Cache-Control"]
    assert 'lang="de"' in refused.content.decode()
    slow.go_on.set()
    answers = [each.result(HELD).status_code for each in asked]
    assert sorted(answers) == [200] * (one_too_many - 1) + [503]


def test_a_process_that_is_busy_is_alive(slow: Slow, threads: ThreadPoolExecutor) -> None:
    middleware = overload.overload(slow)
    fill(middleware, page, AT_WORK, threads)
    for _ in range(AT_WORK):
        assert slow.entered.acquire(timeout=HELD)
    fill(middleware, lambda: page("/healthz"), 1, threads)
    assert slow.entered.acquire(timeout=HELD)


def test_pages_do_not_wait_for_bodies_that_come_slowly(
    slow: Slow, threads: ThreadPoolExecutor
) -> None:
    middleware = overload.overload(slow)
    fill(middleware, long_body, SENDING, threads)
    for _ in range(SENDING):
        assert slow.entered.acquire(timeout=HELD)
    assert middleware(long_body()).status_code == 503
    fill(middleware, page, 1, threads)
    assert slow.entered.acquire(timeout=HELD)


def test_the_server_has_a_thread_for_each_who_waits_and_more() -> None:
    command = programs.web("127.0.0.1", 8000).command
    threads = int(command[command.index("--blocking-threads") + 1])
    assert threads > AT_WORK + WAITING + SENDING


@pytest.mark.django_db(transaction=True)
def test_slow_senders_hold_up_nobody_else(live_env: dict[str, str]) -> None:
    """Each has announced more than it sends: the server waits for the rest."""
    server = WebServer({**live_env, "DEBUG": "true"})  # static files are not collected here
    server.start()
    try:
        sender = Sender(server.port, UserFactory.create())
        with ExitStack() as stack:

            def one_more_is_told_to_come_back() -> bool:
                stack.enter_context(closing(begin_a_form(server.port, sender)))
                return whole_form(sender).status == 503

            eventually(one_more_is_told_to_come_back)
            assert whole_form(sender).headers["Retry-After"] == "5"
            assert sender.ask("GET", "/").status == 200
            assert sender.ask("GET", "/healthz").status == 200
        eventually(lambda: whole_form(sender).status != 503, what="there is room again")
    finally:
        server.kill()


def begin_a_form(port: int, sender: Sender) -> socket.socket:
    lines = {**sender.headers, "Host": f"127.0.0.1:{port}", "Content-Type": FORM}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    connection = socket.create_connection(("127.0.0.1", port), timeout=HELD)
    connection.sendall(
        f"POST /talks/new/ HTTP/1.1\r\n{head}Content-Length: {2 * LONG_BODY}\r\n\r\nx".encode()
    )
    return connection


def whole_form(sender: Sender) -> Answer:
    return sender.ask("POST", "/talks/new/", b"x" * 2 * LONG_BODY, Content_Type=FORM)
