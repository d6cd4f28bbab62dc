from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import django_rq
import pytest
import redis
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from rq import SimpleWorker

from accounts_app.models import User
from metrics_app.models import EVERYBODY, Call, CorrectionEvent, FeatureFlag, Spending
from metrics_app.queries import owners_on_record
from metrics_app.record import DatabaseBooks
from sessions_app import actions, partials
from sessions_app.models import Passage, PracticeSession, RunState, SessionRun, SimilarMoment
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.actions.test_races import at_once
from tests.sessions_app.actions.test_sessions import call_of
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "rumpelstiltskin"
PASSWORD = "correct horse battery"


def person() -> User:
    """Somebody whose every field has the secret in it."""
    user = User.objects.create_user(
        f"{SECRET}@example.com", PASSWORD, first_name=SECRET, last_name=SECRET
    )
    EmailAddress.objects.create(user=user, email=f"{SECRET}.too@example.com")
    flag: Any = FeatureFlag.objects.create(name="some")
    flag.users.add(user)
    chief = UserFactory.create(is_staff=True)
    LogEntry.objects.log_actions(
        user_id=chief.pk, queryset=[user], action_flag=CHANGE, single_object=True
    )
    return user


def talk_of(user: User) -> SessionRun:
    """A report, with the secret wherever something can be said or stored."""
    run = finished_run(
        session__owner=user,
        session__title=SECRET,
        session__prompt=SECRET,
        session__speaker=SECRET,
        session__transcript_text=SECRET,
        summary=f"{SECRET}.",
    )
    session = run.session
    session.media_filename = f"{SECRET}.wav"
    session.media.save("recording", ContentFile(SECRET.encode()), save=True)
    default_storage.save(f"sessions/{session.pk}/audio-x.flac", ContentFile(SECRET.encode()))
    own: dict[str, Any] = {"session": session, "author": user}
    actions.correct(kind="word", start_word=1, end_word=2, text=SECRET, **own)
    DatabaseBooks().keep(SECRET[:64], f'"{SECRET}"', 30, call_of(run))
    return run


def alike(*runs: SessionRun) -> None:
    passages = [
        Passage.objects.create(
            run=run, start_word=0, end_word=1, text=SECRET, model="m", vector=SECRET.encode()
        )
        for run in runs
    ]
    SimilarMoment.objects.create(passage=passages[1], earlier=passages[0], similarity=0.9)


def half_an_upload(user: User) -> None:
    upload = actions.begin_upload(
        owner=user, length=100, filename=f"{SECRET}.wav", filetype=SECRET, room=1000
    )
    actions.receive(upload=upload, at=0, blocks=[SECRET.encode()])


def a_failed_job(run: SessionRun) -> None:
    """As a worker leaves it, with what went wrong."""
    queue = django_rq.get_queue("default")
    queue.enqueue("sessions_app.jobs.process_run", SECRET, job_id=f"{run.pk}_ab")
    SimpleWorker([queue], connection=queue.connection).work(burst=True)
    assert queue.failed_job_registry.get_job_ids()


def signed_in(user: User) -> None:
    Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    waiting = SessionStore()
    waiting["account_login"] = {"email": user.email}
    waiting.save()


def rows_with_the_secret() -> Iterator[str]:
    """Tables that still hold it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if SECRET in " ".join(map(_text, cursor.fetchall())):
                yield table
    for web in Session.objects.all():
        if SECRET in str(web.get_decoded()):
            yield "web session"


def _text(row: tuple[Any, ...]) -> str:
    values = (bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
    return " ".join(map(str, values))


def files_with_the_secret() -> Iterator[Path]:
    """Below the data folder, names and contents, the database's own too where it is there."""
    for path in Path(django_settings.DATA_DIR).rglob("*"):
        if SECRET in path.name or SECRET.encode() in _content(path):
            yield path


def _content(path: Path) -> bytes:
    """But of Redis, which is searched by its own means, and journals everything for a while."""
    return b"" if "redis" in path.parts or not path.is_file() else path.read_bytes()


def write_back() -> None:
    """SQLite keeps a journal too; so it empties it now and not after some more pages."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def keys_with_the_secret(client: redis.Redis) -> Iterator[str]:
    """RQ packs what it keeps of a failure."""
    for key in client.scan_iter():
        if client.type(key) == b"hash" and SECRET in str(_unpacked(client.hgetall(key))):
            yield str(key)
    for name in django_settings.RQ_QUEUES:
        yield from django_rq.get_queue(name).failed_job_registry.get_job_ids()


def _unpacked(found: Mapping[Any, Any]) -> list[bytes]:
    return [zlib.decompress(each) if each[:1] == b"x" else each for each in found.values()]


def test_nothing_of_a_person_stays(redis_client: redis.Redis) -> None:
    user = person()
    runs = [talk_of(user) for _ in range(2)]
    alike(*runs)
    half_an_upload(user)
    a_failed_job(runs[0])
    signed_in(user)
    books = DatabaseBooks()
    assert books.reserve(user.pk, Decimal(2), owner_cap=None, cap=None)
    found = set(rows_with_the_secret())
    assert {"accounts_app_user", "sessions_app_practicesession", "web session"} <= found
    assert len(list(files_with_the_secret())) >= 5
    assert list(keys_with_the_secret(redis_client))

    actions.erase_account(user=user)
    write_back()

    assert list(rows_with_the_secret()) == []
    assert list(files_with_the_secret()) == []
    assert list(keys_with_the_secret(redis_client)) == []
    assert not User.objects.filter(pk=user.pk).exists()
    stored = default_storage.listdir("sessions")[0] if default_storage.exists("sessions") else []
    assert not {str(run.session_id) for run in runs} & set(stored)


def test_the_bill_stays_without_a_name() -> None:
    user = UserFactory.create()
    run = finished_run(session__owner=user)
    own: dict[str, Any] = {"session": run.session, "author": user}
    actions.correct(kind="not_a_filler", start_word=0, end_word=1, **own)
    books = DatabaseBooks()
    books.keep("key", "{}", 30, call_of(run))
    assert books.reserve(user.pk, Decimal(2), owner_cap=None, cap=None)
    actions.erase_account(user=user)
    assert (Call.objects.get().owner_id, Call.objects.get().run_id) == (None, None)
    assert CorrectionEvent.objects.get().owner_id is None
    assert [(row.owner_id, row.usd) for row in Spending.objects.all()] == [(EVERYBODY, Decimal(2))]


def test_others_keep_everything() -> None:
    leaving, staying = UserFactory.create(), UserFactory.create()
    gone, kept = finished_run(session__owner=leaving), finished_run(session__owner=staying)
    kept.session.media.save("recording", ContentFile(b"sound"), save=True)
    DatabaseBooks().keep("key", "{}", 30, call_of(kept))
    upload = actions.begin_upload(owner=staying, length=9, filename="a", filetype="", room=99)
    client = Client()
    client.force_login(staying)
    actions.erase_account(user=leaving)
    assert not PracticeSession.objects.filter(pk=gone.session_id).exists()
    assert default_storage.exists(str(kept.session.media.name))
    assert partials.offset(upload.pk) == 0
    assert Call.objects.get().owner_id == staying.pk
    assert client.get(kept.session.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("part", ["jo", "jo.", "jo+", "jo-"])
def test_somebody_whose_address_has_the_same_ending_stays_signed_in(part: str) -> None:
    leaving = UserFactory.create(email="anna@example.com")
    staying = User.objects.create_user(f"{part}anna@example.com", PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": staying.email, "password": PASSWORD})
    assert staying.email in str(Session.objects.get().get_decoded())
    actions.erase_account(user=leaving)
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("text", ["Anna@Example.com", "Sent to anna@example.com.", "<{}>"])
def test_an_address_is_found_wherever_it_stands_in_a_web_session(text: str) -> None:
    leaving = UserFactory.create(email="anna@example.com")
    waiting = SessionStore()
    waiting["told"] = [text.format(leaving.email)]
    waiting.save()
    actions.erase_account(user=leaving)
    assert not Session.objects.exists()


def test_a_worker_that_is_at_it_writes_nothing_more() -> None:
    run = RunFactory.create()
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    actions.erase_account(user=run.session.owner)
    with pytest.raises(actions.LeaseLost):
        actions.complete_run(lease)
    assert not actions.renew_lease(lease).held


def test_nobody_signs_in_to_what_was_interrupted_and_the_scheduler_finishes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = RunFactory.create()
    user = run.session.owner
    client = Client()
    client.force_login(user)
    with monkeypatch.context() as killed:
        killed.setattr("sessions_app.actions.erasure.remove_session", _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.erase_account(user=user)
    assert client.get("/account/").status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert actions.finish_erasures() == [user.pk]
    assert not PracticeSession.objects.exists()
    assert not User.objects.filter(pk=user.pk).exists()
    assert actions.finish_erasures() == []


def _killed(session: PracticeSession) -> list[Any]:
    raise KeyboardInterrupt


def test_a_talk_that_comes_in_meanwhile_goes_too() -> None:
    user = UserFactory.create()
    SessionFactory.create(owner=user)
    gone = threading.Event()

    def upload_once_more() -> None:
        try:
            actions.create_session(
                owner=user, title="late", language="en", kind="pitch", transcript_text="Hello."
            )
        except Exception as error:  # noqa: BLE001 - the account may be gone by then
            assert "FOREIGN KEY" in str(error).upper() or "foreign key" in str(error)  # noqa: PT017
        gone.set()

    at_once(upload_once_more, lambda: actions.erase_account(user=user))
    assert gone.is_set()
    assert not PracticeSession.objects.exists()
    assert not User.objects.filter(pk=user.pk).exists()


def test_who_is_named_by_a_late_call_is_forgotten_in_the_next_hour() -> None:
    user = UserFactory.create()
    run = finished_run(session__owner=user)
    late = call_of(run)
    actions.erase_account(user=user)
    DatabaseBooks().record(late)
    staying = finished_run()
    DatabaseBooks().record(call_of(staying))
    actions.forget_strangers()
    owners = set(Call.objects.values_list("owner_id", flat=True))
    assert owners == {None, staying.session.owner_id}


def test_who_comes_while_strangers_are_looked_for_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def once_somebody_has_come() -> set[int]:
        DatabaseBooks().record(call_of(finished_run()))
        return owners_on_record()

    monkeypatch.setattr("sessions_app.actions.erasure.owners_on_record", once_somebody_has_come)
    actions.forget_strangers()
    assert Call.objects.get().owner_id == User.objects.get().pk


def test_the_log_of_staff_names_no_talk_that_is_deleted() -> None:
    run = finished_run(session__title=SECRET)
    chief = UserFactory.create(is_staff=True)
    LogEntry.objects.log_actions(
        user_id=chief.pk, queryset=[run.session], action_flag=CHANGE, single_object=True
    )
    actions.delete_session(session=run.session)
    assert LogEntry.objects.get().object_repr == str(run.session_id)


def test_jobs_of_a_deleted_talk_are_forgotten() -> None:
    gone, kept = RunFactory.create(), RunFactory.create()
    for run in (gone, kept):
        a_failed_job(run)
    actions.delete_session(session=gone.session)
    left = django_rq.get_queue("default").failed_job_registry.get_job_ids()
    assert left == [f"{kept.pk}_ab"]
