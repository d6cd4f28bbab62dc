"""The example for nginx fits the addresses and the settings of the product."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.deploy.installed import FOLDER, PORT

TEXT = (FOLDER / "nginx" / "speechcoach.conf").read_text()
ENVIRONMENT = (FOLDER / "env.example").read_text()
FORWARDED = {
    "Host $host",
    "X-Forwarded-Proto $scheme",
    "X-Forwarded-For $proxy_add_x_forwarded_for",
}


def location(path: str) -> str:
    found = re.search(rf"location (?:= )?{path} {{(.*?)\n    }}", TEXT, re.DOTALL)
    assert found, path
    return found[1]


def setting(name: str) -> str:
    found = re.search(rf"^#?{name}=(.*)$", ENVIRONMENT, re.MULTILINE)
    assert found, name
    return found[1]


def headers(block: str) -> set[str]:
    return set(re.findall(r"proxy_set_header (.+);", block)) - {'Connection ""'}


def test_uploads_are_not_collected_first() -> None:
    block = location(reverse("uploads"))
    assert "proxy_request_buffering off;" in block
    assert "client_max_body_size 0;" in TEXT


def test_the_pages_hear_of_who_asks_and_how() -> None:
    assert headers(location("/")) == FORWARDED
    assert headers(location(reverse("uploads"))) == FORWARDED


def test_recordings_are_sent_from_where_they_are_and_only_when_a_view_says_so() -> None:
    block = location(setting("X_ACCEL_REDIRECT"))
    assert "internal;" in block
    assert f"alias {setting('DATA_DIR')}/media/;" in block


def test_metrics_are_for_programs_within() -> None:
    assert "return 404;" in location(reverse("prometheus"))


def test_one_that_was_restarted_is_asked_again_at_once() -> None:
    """Else nginx leaves it out for ten seconds, in which the other may be restarted."""
    servers = re.findall(r"server (127\S+)(.*);", TEXT)
    assert servers == [(f"127.0.0.1:{port}", " max_fails=0") for port in (PORT, PORT + 1)]
