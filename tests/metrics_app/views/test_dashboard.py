from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from metrics_app.models import Alert, Severity
from tests.factories import UserFactory
from tests.metrics_app import measured
from tests.metrics_app.records import a_correction

pytestmark = pytest.mark.django_db

PAGES = ("dashboard", "dashboard_speed", "dashboard_advice", "dashboard_trends")
MOST_QUERIES = 12
DAY_MINUTES = 24 * 60


def a_run(minutes_ago: float = 10, **changes: Any) -> None:
    ended = timezone.now() - timedelta(minutes=minutes_ago)
    measured.with_stages(measured.a_run(ended, **changes), rules=900)


def a_call(minutes_ago: float = 10, **changes: Any) -> None:
    measured.a_call(timezone.now() - timedelta(minutes=minutes_ago), **changes).save()


def staff() -> Client:
    """A browser of somebody who may see metrics."""
    browser = Client()
    browser.force_login(UserFactory.create(is_staff=True))
    return browser


def said(name: str, question: str = "", browser: Client | None = None) -> str:
    """What a page says, without its tags."""
    response = (browser or staff()).get(f"{reverse(name)}?{question}")
    assert response.status_code == 200
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", response.content.decode())
    return " ".join(re.sub(r"(?s)<[^>]+>", " ", main).split())


def an_alert(**changes: object) -> Alert:
    known: dict[str, object] = {
        "rule": "error_rate", "severity": Severity.WARNING, "figures": "6.0 % of 100 runs",
        "opened_at": timezone.now() - timedelta(minutes=20),
    }  # fmt: skip
    return Alert.objects.create(**(known | changes))


@pytest.mark.parametrize("name", PAGES)
def test_only_staff_may_see_it(name: str) -> None:
    somebody = Client()
    assert somebody.get(reverse(name)).headers["Location"].startswith("/accounts/login/?next=")
    somebody.force_login(UserFactory.create())
    assert somebody.get(reverse(name)).status_code == 403
    assert staff().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_it_is_only_read(name: str) -> None:
    assert staff().post(reverse(name)).status_code == 405


def test_a_part_that_renews_itself_loads_the_page_when_the_session_is_over() -> None:
    response = Client().get(reverse("dashboard"), headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_recorded_yet_is_said_so(name: str) -> None:
    text = said(name)
    assert not re.search(r"\b0 ms", text)
    assert re.search("not available|Nothing in this time|No run has ended", text)


def test_the_head_of_every_page_leads_staff_to_it() -> None:
    address = f'href="{reverse("dashboard")}"'
    assert address in staff().get("/").content.decode()
    assert address in staff().get(reverse("admin:index")).content.decode()
    speaker = Client()
    speaker.force_login(UserFactory.create())
    assert address not in speaker.get("/").content.decode()


def test_figures_are_of_the_time_and_the_kind_that_were_asked_for() -> None:
    for _run in range(20):
        a_run(minutes_ago=10, total_ms=12_000)
        a_run(minutes_ago=300, total_ms=50_000)
        a_run(minutes_ago=10, total_ms=90_000, kind="drill")
    assert "Average processing time 12.0 s On target Target: up to 30.0 s" in said("dashboard")
    assert "31.0 s Off target" in said("dashboard", "window=360")
    of_all = said("dashboard", "kind=all")
    assert "time 51.0 s whole, completed runs; rough drafts left out 40 runs" in of_all


@pytest.mark.parametrize("question", ["window=7&kind=none", "window=x", "kind="])
def test_what_cannot_be_chosen_is_the_last_hour_of_talks(question: str) -> None:
    a_run(total_ms=12_000)
    assert "12.0 s" in said("dashboard", question)


def test_open_alerts_come_first_and_those_that_are_over_last() -> None:
    an_alert(rule="regeneration", closed_at=timezone.now(), figures="")
    an_alert()
    an_alert(rule="oldest_job", severity=Severity.CRITICAL, figures="")
    text = said("dashboard")
    assert "6.0 % of 100 runs" in text
    places = [text.index(rule) for rule in ("Oldest waiting job", "Failed runs", "Key figures")]
    assert places == sorted(places)
    assert text.index("Closed alerts") < text.rindex("Regeneration rate")


def test_without_an_open_alert_that_is_said() -> None:
    assert "No alert is open." in said("dashboard")


def test_queues_and_services_are_shown() -> None:
    text = said("dashboard")
    assert "Database answers" in text
    assert "default 0 – no jobs waiting 0" in text


def test_stages_and_models_show_which_of_them_is_slow() -> None:
    a_run()
    a_call(model="large", latency_ms=4_000)
    a_call(model="small", latency_ms=500, purpose="review")
    text = said("dashboard_speed")
    assert "rules 900 ms 900 ms 1" in text
    assert "large slowest 4.0 s 4.0 s 1 small 500 ms" in text
    assert "verdicts slowest 4.0 s" in text


def test_advice_cites_what_it_rests_on() -> None:
    for at in range(20):
        a_run(minutes_ago=60 * at, regenerated=at < 9)
    for at in range(5):
        a_correction(label="so", language="pt", owner_id=at % 2)
    text = said("dashboard_advice")
    assert "45 % of 20 checked reports" in text
    assert "over-count “so” in pt" in text
    assert "Regenerated 9" in text


def test_with_nothing_to_advise_that_is_said() -> None:
    a_run()
    assert "Nothing stands out." in said("dashboard_advice")


def test_days_are_followed_until_yesterday() -> None:
    for ago in range(1, 9):
        for _run in range(5):
            a_run(minutes_ago=ago * DAY_MINUTES, total_ms=20_000 - 1_000 * ago)
    a_run(minutes_ago=0, total_ms=999_000)
    text = said("dashboard_trends")
    assert re.search(r"Up by (99\d ms|1\.0 s) a day in the last seven days", text)  # of histograms
    assert "999 s" not in text


def test_the_first_page_fetches_what_the_others_show_and_links_to_it() -> None:
    page = staff().get(f"{reverse('dashboard')}?window=360").content.decode()
    for name, key in zip(PAGES[1:], ("speed", "advice", "trends"), strict=True):
        address = f"{reverse(name)}?window=360&amp;kind=session"
        fetched = f'hx-get="{address}" hx-select="#{key}" hx-swap="outerHTML" hx-trigger="load"'
        assert fetched in page
        assert f'<a href="{address}">' in page
        assert f'id="{key}"' in staff().get(reverse(name)).content.decode()


def test_what_renews_itself_has_no_form_in_it() -> None:
    page = staff().get(reverse("dashboard")).content.decode()
    renewed = re.search(
        r'(?s)<div id="now" hx-get="([^"]+)"[^>]+every 30s.*?</div>\s*<section', page
    )
    assert renewed is not None
    assert renewed[1] == f"{reverse('dashboard')}?window=60&amp;kind=session"
    assert not re.search("<(form|input|select|button|details)", renewed[0])


@pytest.mark.parametrize("window", [60, 360, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_it_asks_the_database_little(name: str, window: int) -> None:
    for ago in range(30):
        a_run(minutes_ago=ago * DAY_MINUTES / 2, total_ms=99_000, regenerated=True)
        a_call(minutes_ago=ago * DAY_MINUTES / 2)
        an_alert(closed_at=None if ago % 2 else timezone.now())
    browser = staff()
    with CaptureQueriesContext(connection) as captured:
        said(name, f"window={window}", browser)
    assert len(captured) <= MOST_QUERIES
