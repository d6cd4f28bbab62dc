"""Every page in a real browser, on a server inside of the test, without workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from accounts_app.models import User
from tests.acceptance.browsing import PATIENCE_MS, until
from tests.factories import PASSWORD, UserFactory
from tests.gallery import Page, entrance, for_staff, gallery


@dataclass(frozen=True, slots=True)
class Visit:
    """`key` is the cookie of whoever sees these pages; empty for nobody."""

    key: str
    pages: tuple[Page, ...]


def visits(*further: Page) -> tuple[Visit, ...]:
    """Somebody not signed in, somebody new, somebody with a talk in every state, and staff.

    To be asked for before a browser runs: its loop keeps this thread from the database.
    """
    owner: User = UserFactory.create()
    newcomer: User = UserFactory.create()
    return (
        Visit("", (*entrance(), *further)),
        Visit(key_of(newcomer), (Page("talks-none", "/"),)),
        Visit(key_of(owner), gallery(owner)),
        Visit(key_of(UserFactory.create(is_staff=True)), for_staff()),
    )


def key_of(user: User) -> str:
    """The cookie of a browser signed in by password, so that nobody is asked for it again."""
    client = Client(headers={"host": "localhost"})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client.cookies[settings.SESSION_COOKIE_NAME].value


PARTS_CAME = "!document.querySelector('[hx-trigger=load].htmx-request')"


def show(tab: Tab, page: Page) -> None:
    """Load it with the parts that it fetches by itself; left before, they go on at the server."""
    answer = tab.goto(page.path, wait_until="load")
    assert answer is not None
    assert answer.status != HTTPStatus.SERVICE_UNAVAILABLE, page.name
    until(tab, PARTS_CAME)


def each_page(
    browser: Browser,
    url: str,
    all_visits: tuple[Visit, ...],
    width: int,
    *,
    scheme: str = "light",
    locale: str = "en-GB",
    script: str = "",
) -> Iterator[tuple[Page, Tab]]:
    """Every page, loaded; in one tab for each visitor. `script` runs before those of the page."""
    for visit in all_visits:
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=locale,
        )
        if visit.key:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": visit.key, "url": url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        if script:
            context.add_init_script(script)
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        for page in visit.pages:
            show(tab, page)
            yield page, tab
        context.close()
