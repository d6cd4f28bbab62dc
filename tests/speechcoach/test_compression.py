from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from speechcoach.compression import CompressedPages
from tests.acceptance.uploading import DEMO

LONG = "A word said is a word kept. " * 100


def answered(response: HttpResponseBase, accepts: str = "br, gzip") -> HttpResponseBase:
    def view(request: HttpRequest) -> HttpResponseBase:
        return response

    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    passed = CompressedPages(view)(request)
    assert isinstance(passed, HttpResponseBase)
    return passed


def test_a_page_is_sent_in_a_fraction_of_its_length() -> None:
    response = answered(HttpResponse(LONG))
    assert isinstance(response, HttpResponse)
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < len(LONG) / 4
    assert gzip.decompress(response.content).decode() == LONG
    assert "Accept-Encoding" in response.headers["Vary"]


def test_the_length_of_a_page_gives_nothing_away() -> None:
    lengths = {answered(HttpResponse(LONG)).headers["Content-Length"] for _ in range(40)}
    assert len(lengths) > 1


def test_who_takes_no_gzip_gets_the_page_as_it_is() -> None:
    response = answered(HttpResponse(LONG), accepts="identity")
    assert isinstance(response, HttpResponse)
    assert response.content.decode() == LONG


def test_an_export_is_compressed_on_its_way() -> None:
    assert answered(JsonResponse({"said": LONG})).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("kind", ["audio/webm", "video/mp4", "application/zip", "text/csv"])
def test_what_streams_is_left_alone(kind: str) -> None:
    with DEMO.open("rb") as recording:
        response = answered(FileResponse(recording, content_type=kind))
        assert "Content-Encoding" not in response.headers
        assert response.headers["Content-Length"] == str(DEMO.stat().st_size)


def test_an_archive_is_not_compressed_twice() -> None:
    response = answered(HttpResponse(LONG, content_type="application/zip"))
    assert "Content-Encoding" not in response.headers


@pytest.mark.django_db
def test_it_is_switched_on(client: Client) -> None:
    response = client.get(reverse("account_login"), headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
