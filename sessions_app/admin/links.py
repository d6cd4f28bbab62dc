"""From one staff page to another."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sessions_app.models import SessionRun


def link_to_run(run: SessionRun) -> str:
    url = reverse("admin:sessions_app_sessionrun_change", args=[run.pk])
    return format_html('<a href="{}">{}</a>', url, _("Run %(number)s") % {"number": run.number})


def links_to_queue(queue: str) -> str:
    """RQ's own pages of the queue: what waits, and what failed."""
    if queue not in settings.RQ_QUEUES:
        return queue
    index = sorted(settings.RQ_QUEUES).index(queue)  # as django-rq numbers them
    return format_html(
        '{}: <a href="{}">{}</a> · <a href="{}">{}</a>',
        queue,
        reverse("django_rq:jobs", args=[index]),
        _("jobs that wait"),
        reverse("django_rq:failed_jobs", args=[index]),
        _("jobs that failed"),
    )
