from __future__ import annotations

import subprocess
import sys
import time
from threading import Event

import pytest

from metrics_app.look import AT_ONCE, Look
from tests.deadline import eventually


def soon() -> float:
    return time.monotonic() + 5


def at_once() -> float:
    return time.monotonic() + 0.05


def there_is_room() -> bool:
    try:
        return Look(lambda: True, (), name="room").seen(soon())
    except TimeoutError:
        return False


def refuse() -> None:
    raise ValueError("no")


def test_what_is_seen_is_told() -> None:
    assert Look(lambda: 7, (), name="seven").seen(soon()) == 7


def test_bad_news_is_told() -> None:
    with pytest.raises(ValueError, match="no"):
        Look(refuse, (ValueError,), name="bad").seen(soon())


def test_nobody_waits_for_what_hangs() -> None:
    over = Event()
    try:
        with pytest.raises(TimeoutError):
            Look(over.wait, (), name="hangs").seen(at_once())
    finally:
        over.set()


def test_looks_that_hang_do_not_pile_up() -> None:
    over = Event()
    hanging = [Look(over.wait, (), name="hangs") for _ in range(AT_ONCE)]
    try:
        one_more = Look(lambda: 7, (), name="one more")
        with pytest.raises(TimeoutError):
            one_more.seen(soon())
    finally:
        over.set()
    assert all(look.seen(soon()) for look in hanging)
    eventually(there_is_room, what="the last of them has left")


def test_bad_news_leaves_room_for_others() -> None:
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ValueError, match="no"):
            Look(refuse, (ValueError,), name="bad").seen(soon())
    eventually(there_is_room, what="the last of them has left")


def test_a_process_ends_while_a_look_hangs() -> None:
    code = (
        "import threading; from metrics_app.look import Look; "
        "Look(threading.Event().wait, (), name='hangs')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
