"""The pages of the dashboard. Each works alone; the first one fetches what the others show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from metrics_app.display.choice import KindForm, WindowForm
from metrics_app.display.pages import advice_page, now_page, speed_page, trends_page
from metrics_app.views.access import staff_only


@staff_only
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    form = WindowForm(request.GET.dict())
    return _shown(request, "metrics/dashboard.html", form, now_page(form.choice()))


@staff_only
@require_safe
def speed(request: HttpRequest) -> HttpResponse:
    form = WindowForm(request.GET.dict())
    return _shown(request, "metrics/speed.html", form, speed_page(form.choice()))


@staff_only
@require_safe
def advice(request: HttpRequest) -> HttpResponse:
    form = KindForm(request.GET.dict())
    return _shown(request, "metrics/advice.html", form, advice_page(form.choice().kind))


@staff_only
@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    form = KindForm(request.GET.dict())
    return _shown(request, "metrics/trends.html", form, trends_page(form.choice().kind))


def _shown(request: HttpRequest, template: str, form: KindForm, page: object) -> HttpResponse:
    response = render(request, template, {"form": form, "choice": form.choice(), "page": page})
    patch_cache_control(response, private=True, no_cache=True)
    return response
