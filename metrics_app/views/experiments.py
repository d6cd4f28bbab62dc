"""The page that compares the variants of a flag."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from metrics_app.experiments import compare
from metrics_app.experiments.choice import ExperimentForm
from metrics_app.experiments.wording import arm_line, doubts, lines
from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.views.access import staff_only


@staff_only
@require_safe
def experiments(request: HttpRequest) -> HttpResponse:
    form = ExperimentForm(request.GET.dict())
    chosen = form.chosen()
    comparison = compare(chosen.flag, chosen.window)
    context = {
        "form": form,
        "chosen": chosen,
        "known": KNOWN_FLAGS[chosen.flag],
        "flags": reverse("admin:metrics_app_featureflag_changelist"),
        "on": arm_line(comparison.on),
        "off": arm_line(comparison.off),
        "lines": lines(comparison),
        "doubts": doubts(comparison),
    }
    response = render(request, "metrics/experiments.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response
