from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metrics_app.rollups import roll_up
from metrics_app.tokens import create_token
from tests.factories import UserFactory
from tests.metrics_app.recent import a_call, a_run, answered, staff

pytestmark = pytest.mark.django_db

PLACES = ("dashboard", "performance", "costs", "quality", "cache", "health")
MOST_QUERIES = 12


def address(place: str) -> str:
    return reverse(f"metrics_api:api_{place}")


def refused(question: str) -> str:
    """Why, of a question to every place."""
    browser = staff()
    answers = [browser.get(f"{address(place)}?{question}") for place in PLACES]
    assert {answer.status_code for answer in answers} == {422}
    return json.dumps(answers[0].json()["detail"])


@pytest.mark.parametrize("place", PLACES)
def test_is_at_its_address(place: str) -> None:
    assert address(place) == f"/api/metrics/{place}"


@pytest.mark.parametrize("place", PLACES)
def test_nobody_known_is_told_to_say_who(place: str) -> None:
    assert Client().get(address(place)).status_code == 401


@pytest.mark.parametrize("place", PLACES)
def test_speakers_are_kept_out(place: str) -> None:
    browser = Client()
    speaker = UserFactory.create()
    browser.force_login(speaker)
    assert browser.get(address(place)).status_code == 403
    token = create_token(user=speaker, name="mine")
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get(address(place), headers=bearer).status_code == 403


@pytest.mark.parametrize("place", PLACES)
def test_staff_reads_with_a_session_or_a_token(place: str) -> None:
    assert staff().get(address(place)).status_code == 200
    token = create_token(user=UserFactory.create(is_staff=True), name="mine")
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get(address(place), headers=bearer).status_code == 200


@pytest.mark.parametrize("header", ["Bearer nothing", "Bearer ", "Basic c3RhZmY6c3RhZmY=", "x"])
def test_a_wrong_key_opens_nothing(header: str) -> None:
    response = Client().get(address("costs"), headers={"Authorization": header})
    assert response.status_code == 401


def test_metrics_are_only_read() -> None:
    browser = staff()
    for ask in (browser.post, browser.put, browser.delete):
        assert ask(address("costs")).status_code == 405


@pytest.mark.parametrize("window", ["0", "-1", "1441", "x", "", "1.5", "1e3", "9" * 5000])
def test_a_window_is_of_a_minute_to_a_day(window: str) -> None:
    assert "window" in refused(f"window={window}")


@pytest.mark.parametrize("window", [1, 60, 1440])
def test_what_was_asked_is_said_again(window: int) -> None:
    asked = answered(staff(), f"costs?window={window}&kind=session&priority=low")["asked"]
    assert asked["window"] == window
    assert (asked["operation"], asked["kind"], asked["priority"]) == ("", "session", "low")


@pytest.mark.parametrize("kind", ["session", "check", "analyze", "evaluate_fillers"])
def test_every_kind_that_makes_calls_can_be_asked_for(kind: str) -> None:
    a_call(run_kind=kind)
    a_call(run_kind="other")
    assert answered(staff(), f"costs?kind={kind}")["total"]["calls"] == 1


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("kind=talk", "'session'"),
        ("priority=high", "default, drafts, bulk, low"),
        ("operation=%00", "pattern"),
        ("operation=a%20b", "pattern"),
        ("operation=" + "a" * 41, "40"),
        ("windw=5", "There are: window"),
        ("window=5&minutes=5", "minutes"),
    ],
)
def test_a_filter_that_will_not_do_is_refused_with_the_reason(question: str, why: str) -> None:
    assert why in refused(question)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("window", [60, 1440])
@pytest.mark.parametrize("rolled_up", [False, True])
def test_every_place_takes_few_queries(place: str, window: int, rolled_up: bool) -> None:
    for purpose in ("verdicts", "review", "coaching"):
        for model in ("large", "small"):
            a_call(purpose=purpose, model=model)
            a_run(kind="session" if model == "large" else "drill")
            a_call(minutes_ago=300, purpose=purpose, model=model)
            a_run(minutes_ago=300)
    if rolled_up:
        roll_up()
    browser = staff()
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(f"{address(place)}?window={window}").status_code == 200
    assert len(captured) <= MOST_QUERIES


def schema() -> dict[str, Any]:
    described: dict[str, Any] = Client().get("/api/metrics/openapi.json").json()
    return described


def test_the_schema_describes_every_place_and_its_filters() -> None:
    paths = schema()["paths"]
    assert set(paths) == {address(place) for place in PLACES}
    for place in paths.values():
        filters = {each["name"]: each["schema"] for each in place["get"]["parameters"]}
        assert set(filters) == {"window", "operation", "kind", "priority"}
        assert (filters["window"]["minimum"], filters["window"]["maximum"]) == (1, 1440)
        assert filters["window"]["default"] == 60


def test_the_schema_says_that_money_is_a_string() -> None:
    usd = schema()["components"]["schemas"]["Spent"]["properties"]["usd"]
    assert usd["type"] == "string"
    a_call()
    assert answered(staff(), "costs")["total"]["usd"] == "0.01000000"


def test_answers_are_as_the_schema_says() -> None:
    """All that is promised is there, and nothing else."""
    a_call()
    a_run()
    browser = staff()
    described = schema()
    for place in PLACES:
        operation = described["paths"][address(place)]["get"]
        named = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        promised = described["components"]["schemas"][named.rsplit("/", 1)[1]]["properties"]
        assert set(answered(browser, place)) == set(promised)


def test_no_page_loads_scripts_from_elsewhere() -> None:
    assert staff().get("/api/metrics/docs").status_code == 404
