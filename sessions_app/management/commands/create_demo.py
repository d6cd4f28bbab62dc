"""`manage.py create_demo`: the account and the processed talk of a new installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts_app.models import User
from sessions_app import actions, pipeline
from sessions_app.demo import account
from sessions_app.models import Language, PracticeSession, TalkKind

TALK = Path(account.__file__).with_name("talk.webm")
TRANSCRIPT = TALK.with_suffix(".txt")


class Command(BaseCommand):
    help = "Make the demo account and its talk, unless other people use this installation."

    def handle(self, *args: Any, **options: Any) -> None:
        if not User.objects.exists():
            self._create()
        demo = User.objects.filter(email=account.EMAIL, is_active=True).first()
        if demo is None:
            account.forget(settings.DATA_DIR)
            return
        _keep_password_true(demo)
        for session in demo.sessions.filter(media_filename=TALK.name, current_run=None):
            if session.latest_run_id:
                pipeline.execute(session.latest_run_id)

    def _create(self) -> None:
        self.stdout.write("Preparing the demo talk.")
        self.stdout.flush()
        kept = account.make(settings.DATA_DIR)
        with transaction.atomic():
            _create_session(User.objects.create_superuser(kept.email, kept.password))


def _create_session(owner: User) -> PracticeSession:
    return actions.create_session(
        owner=owner,
        title="Demo: why we should walk to our meetings",
        language=Language.EN,
        kind=TalkKind.PRESENTATION,
        target_seconds=90,
        media=SimpleUploadedFile(TALK.name, TALK.read_bytes()),
        transcript_text=TRANSCRIPT.read_text(),
        transcript_format="txt",
    )


def _keep_password_true(demo: User) -> None:
    """Who chose a password of their own is not told the old one at every start."""
    kept = account.read(settings.DATA_DIR)
    if kept and not demo.check_password(kept.password):
        account.forget(settings.DATA_DIR)
