"""Every address, tried by everybody: as `tests/access_table.py` says, and nothing else.

The admin and the pages of the queues are one family with one rule: speakers get nowhere, and staff
without permissions see no more than the doors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_rq
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from metrics_app.tokens import create_token
from sessions_app import actions
from sessions_app.models import PracticeSession, SessionRun
from tests.access_table import PROGRAMS, SIGN_IN, TABLE, Answer, Who
from tests.factories import UserFactory
from tests.routes import Route, routes
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db

SECRET = "heffalump"
FAMILY = ("admin", "django_rq")
PLACES: dict[str, object] = {
    **dict.fromkeys(("queue_index", "scheduler_index", "connection_index", "id", "url"), "0"),
    **dict.fromkeys(("result_id", "token", "scheduler_name", "cron_job_name"), "0"),
    "job_id": "waiting",
    "key": "rq:worker:gone",
    "app_label": "sessions_app",
}
DOORS = {"admin:index", "admin:login", "admin:logout", "admin:jsi18n"}
DOORS |= {"admin:password_change", "admin:password_change_done"}
"""Of the admin; they show nothing of anybody."""

FORMS = sorted(name for name, access in TABLE.items() if access["POST"][Who.OWNER] != 405)
ROUTES = routes()
OURS = {route.name: route for route in ROUTES if route.namespace not in FAMILY}
THEIRS = [route for route in ROUTES if route.namespace in FAMILY]


class Everybody:
    """A browser for each, and a talk whose every word is secret."""

    def __init__(self, *, strict: bool = False) -> None:
        """With `strict`, forms need their token, as in real life they do."""
        self._strict = strict
        self.people: dict[Who, User] = {
            Who.OWNER: UserFactory.create(),
            Who.OTHER: UserFactory.create(),
            Who.STAFF: UserFactory.create(is_staff=True),
            Who.CHIEF: UserFactory.create(is_staff=True, is_superuser=True),
        }
        self.run = self._talk()
        upload = actions.begin_upload(
            owner=self.people[Who.OWNER], length=9, filename="a", filetype="", room=99
        )
        self.browsers = {who: self._browser(who) for who in Who}
        self._pks = {"session": self.run.session_id, "upload": upload.pk}

    def _talk(self) -> SessionRun:
        run = finished_run(
            session__owner=self.people[Who.OWNER],
            session__title=SECRET,
            session__prompt=SECRET,
            session__transcript_text=SECRET,
            summary=SECRET,
        )
        run.session.media.save("recording", ContentFile(SECRET.encode()))
        actions.correct(
            session=run.session, author=run.session.owner, kind="word", start_word=1, end_word=2,
            text=SECRET,
        )  # fmt: skip
        django_rq.get_queue("default").enqueue(
            "sessions_app.jobs.process_run", str(run.pk), job_id="waiting"
        )
        return run

    def _browser(self, who: Who) -> Client:
        headers = {"Tus-Resumable": "1.0.0"}
        if who in (Who.PROGRAM, Who.STRANGE_PROGRAM):
            user = self.people[Who.STAFF if who is Who.PROGRAM else Who.OTHER]
            headers["Authorization"] = f"Bearer {create_token(user=user, name='x')}"
        client = Client(headers=headers, enforce_csrf_checks=self._strict)
        if who in self.people:
            client.force_login(self.people[who])
        return client

    def path(self, route: Route) -> str:
        if route.name == "account_confirm_email":
            return reverse(route.name, args=["none"])
        if route.name == "account_reset_password_from_key":
            return reverse(route.name, args=["1", "set"])
        pk = self._pks["upload" if route.name == "upload" else "session"]
        correction = self.run.session.corrections.get().pk
        return route.path({"pk": pk, "number": correction, "index": 0})

    def rows(self) -> list[str]:
        """The owner's, and all others of talks: what nobody else may change."""
        owner = User.objects.filter(pk=self.people[Who.OWNER].pk)
        models = apps.get_app_config("sessions_app").get_models()
        of_talks = [model._default_manager.order_by("pk") for model in models]
        return [str(row) for rows in (owner, *of_talks) for row in rows.values()]


@pytest.fixture
def everybody(settings: Settings) -> Everybody:
    settings.METRICS_OPEN_TO = []
    return Everybody()


def answer(response: HttpResponseBase) -> Answer:
    to = response.headers.get("Location", "")
    doors = (reverse("account_login"), reverse("admin:login"))
    signs_in = response.status_code == 302 and to.partition("?")[0] in doors
    return SIGN_IN if signs_in else response.status_code


def body(response: Any) -> bytes:
    return bytes(response.getvalue() if response.streaming else response.content)


def test_the_table_has_every_address() -> None:
    assert set(OURS) == set(TABLE)


def test_every_address_says_what_everybody_gets() -> None:
    for access in TABLE.values():
        assert all(set(answers) == set(Who) for answers in access.values())


def tried(everybody: Everybody, name: str, who: Who) -> Iterator[tuple[str, Answer, bytes]]:
    """Method, answer and body, in the order of the table."""
    path = everybody.path(OURS[name])
    browser = everybody.browsers[who]
    for method in TABLE[name]:
        response = browser.generic(method, path)
        yield method, answer(response), body(response)


def said(name: str, who: Who) -> dict[str, Answer]:
    return {method: answers[who] for method, answers in TABLE[name].items()}


@pytest.mark.parametrize("who", [each for each in Who if each is not Who.OWNER])
def test_everybody_else_gets_what_the_table_says(who: Who, everybody: Everybody) -> None:
    """And sees no word of the talk, and changes nothing of it."""
    before = everybody.rows()
    wrong = {}
    for name in sorted(TABLE, key=lambda name: name == "account_logout"):
        got = list(tried(everybody, name, who))
        answers = {method: given for method, given, _ in got}
        told = [method for method, _, shown in got if SECRET.encode() in shown]
        if told or answers != said(name, who):
            wrong[name] = answers, told
    assert not wrong
    assert everybody.rows() == before


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_owner_gets_what_the_table_says(name: str, everybody: Everybody) -> None:
    got = {method: given for method, given, _ in tried(everybody, name, Who.OWNER)}
    assert got == said(name, Who.OWNER)


def test_no_form_is_taken_without_its_token() -> None:
    strict = Everybody(strict=True)
    before = strict.rows()
    for name in FORMS:
        response = strict.browsers[Who.OWNER].post(strict.path(OURS[name]))
        assert response.status_code == 403, name
    assert strict.rows() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_no_page_takes_another_method(method: str, everybody: Everybody) -> None:
    browser = everybody.browsers[Who.OWNER]
    before = everybody.rows()
    for name in set(TABLE) - {"upload", "uploads"}:
        response = browser.generic(method, everybody.path(OURS[name]))
        if not response.request["PATH_INFO"].startswith(("/accounts/", "/api/")):
            assert response.status_code in {302, 403, 404, 405}, name
    assert everybody.rows() == before


def of_family(everybody: Everybody) -> Iterator[tuple[Route, str]]:
    """Addresses of rows that exist, where the family has some."""
    talks = ContentType.objects.get_for_model(PracticeSession)
    for route in THEIRS:
        model = _model(route)
        row = model._default_manager.first() if model and model._meta.managed else None
        key = row.pk if row else everybody.run.session_id
        yield route, route.path({**PLACES, "object_id": key, "content_type_id": talks.pk})


def _of_queues(route: Route) -> bool:
    """They hold ids of runs and nothing else."""
    return "django_rq" in route.name


def _model(route: Route) -> type[Model] | None:
    """That a page of the admin is about, from its address."""
    app, _, rest = route.template.removeprefix("/admin/").partition("/")
    try:
        return apps.get_model(app, rest.partition("/")[0])
    except LookupError:
        return None


def test_the_family_is_found(everybody: Everybody) -> None:
    names = {route.name for route, _ in of_family(everybody)}
    assert {"admin:index", "admin:sessions_app_practicesession_change", "django_rq:home"} <= names
    assert len(names) > 80


@pytest.mark.parametrize("who", [Who.NOBODY, Who.OWNER, Who.OTHER, *PROGRAMS])
def test_speakers_get_nowhere_in_the_admin(who: Who, everybody: Everybody) -> None:
    browser = everybody.browsers[who]
    before = everybody.rows()
    for _route, path in of_family(everybody):
        for send in (browser.get, browser.post):
            response = send(path)
            assert response.status_code in {302, 401, 403, 404, 405}, path
            assert SECRET.encode() not in body(response)
    assert everybody.rows() == before


def test_staff_without_permissions_see_the_doors_and_the_queues(everybody: Everybody) -> None:
    browser = everybody.browsers[Who.STAFF]
    browser.raise_request_exception = False
    before = everybody.rows()
    for route, path in of_family(everybody):
        seen = browser.get(path)
        assert SECRET.encode() not in body(seen)
        if not _of_queues(route) and route.name not in DOORS:
            assert seen.status_code in {302, 403, 404}, path
            assert browser.post(path).status_code in {302, 403, 404, 405}, path
    assert everybody.rows() == before


def test_administrators_see_that_there_is_a_talk_and_no_word_of_it(everybody: Everybody) -> None:
    PracticeSession.objects.update(title="Known to staff")
    browser = everybody.browsers[Who.CHIEF]
    browser.raise_request_exception = False  # the queues' pages fail over workers that are gone
    for route, path in of_family(everybody):
        response = browser.get(path)
        assert response.status_code < 500 or _of_queues(route), path
        assert SECRET.encode() not in body(response), path


@pytest.mark.parametrize("prefix", ["/media/", "/static/../media/", "/recordings/"])
def test_no_file_of_a_talk_has_an_address_of_its_own(prefix: str, everybody: Everybody) -> None:
    browser = everybody.browsers[Who.OWNER]
    assert browser.get(f"{prefix}{everybody.run.session.media.name}").status_code == 404
