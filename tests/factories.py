"""Rows for tests."""

# factory_boy annotates what it returns and little else.
# mypy: disable-error-code="no-untyped-call, untyped-decorator"

from __future__ import annotations

from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from accounts_app.models import User
from sessions_app.models import PracticeSession, SessionRun

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"speaker{n}@example.com")
    password = Password(PASSWORD)


class SessionFactory(DjangoModelFactory[PracticeSession]):
    class Meta:
        model = PracticeSession

    owner = SubFactory(UserFactory)
    title = Sequence(lambda n: f"Talk {n}")


class RunFactory(DjangoModelFactory[SessionRun]):
    """The latest run of its session."""

    class Meta:
        model = SessionRun
        skip_postgeneration_save = True

    session = SubFactory(SessionFactory)
    number = LazyAttribute(lambda run: run.session.runs.count() + 1)
    queue = "default"

    @post_generation
    def as_latest(run: SessionRun, create: bool, extracted: Any, **kwargs: Any) -> None:
        run.session.latest_run = run
        run.session.save(update_fields=["latest_run"])
