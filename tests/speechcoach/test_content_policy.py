from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from speechcoach.content_policy import HEADER, POLICY, content_policy
from tests import gallery
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DATA = {"application/json", "importmap"}
"""Types of scripts that are not run."""


class Inline(HTMLParser):
    """What of a page the policy forbids: scripts, styles and handlers that are written into it,
    and files of other servers.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given and not _is_data(given)):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        loaded = given.get("src", "") or (given.get("href", "") if tag == "link" else "")
        if loaded.startswith(("http:", "https:", "//", "data:")):
            self.found.append(f"{tag} of {loaded}")


def _is_data(given: dict[str, str]) -> bool:
    return given.get("type") in DATA


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages() -> Iterator[tuple[Client, gallery.Page]]:
    owner, staff = UserFactory.create(), UserFactory.create(is_staff=True)
    yield from ((Client(), page) for page in gallery.entrance())
    yield from ((browser_of(owner), page) for page in gallery.gallery(owner))
    yield from ((browser_of(staff), page) for page in gallery.for_staff())


def test_nothing_inline_is_permitted() -> None:
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert {"default-src 'self'", "frame-ancestors 'none'"} <= set(POLICY.split("; "))


def test_no_page_needs_what_the_policy_forbids() -> None:
    forbidden = {}
    for browser, page in pages():
        response = browser.get(page.path, follow=True)
        assert response.headers[HEADER] == POLICY, page.name
        if found := Inline(response.content.decode()).found:
            forbidden[page.name] = found
    assert not forbidden


@pytest.mark.parametrize(
    "name", ["index", "accounts_app_user_changelist", "sessions_app_practicesession_changelist"]
)
def test_the_admin_does_without_as_well(name: str, admin_user: User) -> None:
    response = browser_of(admin_user).get(reverse(f"admin:{name}"))
    assert response.headers[HEADER] == POLICY
    assert Inline(response.content.decode()).found == []


@pytest.mark.parametrize(
    "html", ["<p onclick=x>", "<script>x</script>", "<i style='x'>", "<style>", "<img src=//x/y>"]
)
def test_what_is_forbidden_would_be_found(html: str) -> None:
    assert Inline(html).found


@pytest.mark.parametrize("path", ["/nowhere/", "/api/metrics/costs", "/static/css/base.css"])
def test_errors_answers_to_programs_and_files_carry_it(path: str) -> None:
    assert Client().get(path).headers[HEADER] == POLICY


@pytest.mark.parametrize(("debug", "status", "carried"), [(True, 500, False), (True, 200, True)])
def test_only_the_error_pages_of_developers_are_let_off(
    debug: bool, status: int, carried: bool, settings: Settings
) -> None:
    settings.DEBUG = debug

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status)

    response = content_policy(view)(RequestFactory().get("/"))
    assert (HEADER in response.headers) == carried
