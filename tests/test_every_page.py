"""Whatever has an address is either a page that the gallery shows, or listed here as none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from accounts_app.models import User
from tests import gallery
from tests.factories import UserFactory

OF_OTHERS = {"admin", "django_rq"}
"""Namespaces with pages that are Django's and RQ's own."""

NOT_A_PAGE = {
    "account_confirm_login_code": "sign-in by code is off",
    "account_set_password": "leads on to the change of the password: everybody has one",
    "favicon": "a picture",
    "session_status": "a part of the report's page",
    "session_media": "a recording",
    "session_correct": "takes a form",
    "correction_take_back": "takes a form",
    "run_cancel": "takes a form",
    "run_retry": "takes a form",
    "session_reprocess": "takes a form",
    "run_try_again_with_ai": "takes a form",
    "set_language": "takes a form",
    "uploads": "speaks tus, to a script",
    "upload": "speaks tus, to a script",
    **dict.fromkeys(
        ("report_json", "report_markdown", "findings_csv", "words_csv", "words_srt", "words_vtt"),
        "a file",
    ),
    **dict.fromkeys(("healthz", "readyz"), "for a load balancer"),
    "prometheus": "for Prometheus",
    "api-root": "nothing is there",
    "openapi-json": "for programs",
    **dict.fromkeys(
        ("api_dashboard", "api_performance", "api_costs", "api_quality", "api_cache", "api_health"),
        "for programs",
    ),
    **dict.fromkeys(("session_zip", "account_export"), "an archive"),
}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            yield pattern.name
        elif pattern.namespace not in OF_OTHERS:
            yield from names(pattern.url_patterns)


def every_page(owner: User) -> tuple[gallery.Page, ...]:
    return (*gallery.entrance(), *gallery.gallery(owner), *gallery.for_staff())


@pytest.mark.django_db
def test_the_gallery_shows_every_page() -> None:
    owner: User = UserFactory.create()
    shown = {resolve(page.path.partition("?")[0]).url_name for page in every_page(owner)}
    assert set(names(get_resolver().url_patterns)) - shown == set(NOT_A_PAGE)


@pytest.mark.django_db
def test_no_two_pages_of_the_gallery_have_one_name() -> None:
    owner: User = UserFactory.create()
    found = [page.name for page in every_page(owner)]
    assert len(found) == len(set(found))
