"""The mail that says how a run ended. It is sent once, or not at all: the page says it too."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sessions_app.messages import problem_text
from sessions_app.models import RunState, SessionRun
from speechcoach.site import full_address

logger = logging.getLogger(__name__)


def execute(run_id: UUID) -> None:
    """Harmless where the talk is gone, or its owner wants no mail by now.

    A mail server that is away or refuses costs the mail, nothing else.
    """
    run = SessionRun.objects.select_related("session__owner").filter(pk=run_id).first()
    if run is None or not run.session.owner.mail_when_done or not run.session.owner.is_active:
        return
    with translation.override(run.session.owner.language or settings.LANGUAGE_CODE):
        subject, body = _subject(run), _body(run)
    try:
        send_mail(subject, body, None, [run.session.owner.email])
    except OSError as error:  # SMTPException is one; its text may hold the address
        logger.warning("run %s: the mail was not sent, %s", run.pk, type(error).__name__)


def _subject(run: SessionRun) -> str:
    done = run.state == RunState.COMPLETED
    text = (
        _("Your report is ready: talk of %(date)s")
        if done
        else _("No report yet: talk of %(date)s")
    )
    return text % {"date": _date(run)}


def _date(run: SessionRun) -> str:
    return date_format(localtime(run.session.created_at))


def _body(run: SessionRun) -> str:
    """Without a word of the talk or its title: mail is read by many machines on its way, and an
    address nobody has confirmed may be a stranger's.
    """
    context = {
        "date": _date(run),
        "done": run.state == RunState.COMPLETED,
        "degraded": run.is_degraded,
        "problem": problem_text(run.problem) if run.problem else "",
        "link": full_address(run.session.get_absolute_url()),
        "account": full_address(reverse("account")),
    }
    return render_to_string("sessions/mail.txt", context).strip() + "\n"
