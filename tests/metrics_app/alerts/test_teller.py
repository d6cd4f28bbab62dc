from __future__ import annotations

import redis
from pytest_django import Settings

from metrics_app.alerts.teller import KEY, Teller
from tests.ai.redis_loop import NOWHERE


def test_is_the_first_who_asks_for_as_long_as_it_asks(redis_client: redis.Redis) -> None:
    first, second = Teller(), Teller()
    assert [first.is_me(), second.is_me(), first.is_me()] == [True, False, True]
    redis_client.delete(KEY)  # as when its time is over
    assert [second.is_me(), first.is_me()] == [True, False]


def test_each_sign_of_life_lasts_for_three_looks(
    redis_client: redis.Redis, settings: Settings
) -> None:
    settings.ALERT_SECONDS = 60
    teller = Teller()
    assert teller.is_me()
    redis_client.pexpire(KEY, 1_000)
    assert teller.is_me()
    assert 170 < redis_client.ttl(KEY) <= 180


def test_leaves_to_others_what_is_its_own() -> None:
    first, second = Teller(), Teller()
    assert first.is_me()
    second.leave_it()
    assert not second.is_me()
    first.leave_it()
    assert second.is_me()


def test_without_redis_everybody_tells(settings: Settings) -> None:
    settings.REDIS_URL = NOWHERE
    teller = Teller()
    assert teller.is_me()
    teller.leave_it()
