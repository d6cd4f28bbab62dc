from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory
from tests.metrics_app.experiments.variants import FLAG, a_call, a_run
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def somebody(**fields: bool) -> Client:
    browser = Client()
    browser.force_login(UserFactory.create(**fields))
    return browser


def page(flag: str = FLAG) -> str:
    response = somebody(is_staff=True).get(reverse("experiments"), {"flag": flag, "days": "1"})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_only_staff_may_see_it() -> None:
    assert somebody().get(reverse("experiments")).status_code == 403
    assert Client().get(reverse("experiments")).status_code == 302


def test_variants_are_compared_in_words() -> None:
    for owner in range(40):
        a_call(a_run(True, owner, total_ms=15_000 + owner), "0.01")
        a_run(False, 100 + owner, total_ms=20_000 + owner)
    shown = page()
    assert "median processing time 15.0 s" in shown
    assert "median processing time 20.0 s" in shown
    assert "<strong>Lower with the flag on.</strong>" in shown
    assert "−5.0 s (between" in shown
    assert "40 runs of 40 people" in shown


def test_doubts_are_shown_with_the_figures_they_are_about() -> None:
    switch(FLAG, True)
    a_run(True, 1)
    assert "Nobody is drawn at the moment" in page()


def test_without_runs_it_says_so() -> None:
    shown = page()
    assert "No run in this time has recorded whether this flag was on." in shown
    assert "Nobody is drawn" not in shown


def test_an_experiment_without_a_model_is_told() -> None:
    assert "It does nothing while AI_MODEL_EXPERIMENTAL is empty." in page("experimental_model")


def test_it_is_made_with_few_queries() -> None:
    a_run(True, 1)
    browser = somebody(is_staff=True)
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("experiments"))
    assert len(queries) <= MOST_QUERIES
