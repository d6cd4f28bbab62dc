from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from metrics_app.models import FeatureFlag
from sessions_app import codec
from sessions_app.books import TalkBooks
from sessions_app.model_access import (
    ANSWER_CACHE,
    CONTENT_REVIEW,
    EXPERIMENTAL_MODEL,
    PARALLEL,
    WINDOWED,
    access_for,
    access_without_run,
    embeds,
    take_snapshot,
    variants_of,
)
from sessions_app.models import SessionRun, Transcript
from sessions_app.own_answers import OwnAnswers
from tests.factories import RunFactory
from tests.metrics_app.switches import switch
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db

AS_DELIVERED = {
    PARALLEL: True,
    WINDOWED: True,
    CONTENT_REVIEW: True,
    ANSWER_CACHE: True,
    EXPERIMENTAL_MODEL: False,
}


@pytest.fixture(autouse=True)
def model(settings: Settings) -> None:
    configure(settings)


def transcript(run: SessionRun, source: str) -> None:
    run.transcript = Transcript.objects.create(
        session=run.session, source=source, timing="none", language="en", engine="", words=[]
    )


def test_without_a_server_there_is_no_access(settings: Settings) -> None:
    settings.OPENAI_BASE_URL = ""
    assert access_for(RunFactory.create()) is None
    assert access_without_run() is None


def test_calls_are_made_for_the_owner_and_about_the_talk() -> None:
    run = RunFactory.create()
    access = access_for(run)
    assert access is not None
    subject = access.subject
    assert (subject.owner_id, subject.run_kind) == (run.session.owner_id, "session")
    assert (subject.run_id, subject.about) == (run.pk, run.session_id)
    assert access.books is TalkBooks


def test_settings_make_the_plan(settings: Settings) -> None:
    settings.COACHING_REGENERATION_THRESHOLD = 0.5
    settings.PARALLEL_SECONDS = 1.0
    settings.REGENERATION_SECONDS = 2.0
    settings.SEQUENTIAL_SECONDS = 3.0
    settings.TRANSCRIPTION_AUDIO = "mp3"
    plan = take_snapshot(RunFactory.create(coaching_only=True)).plan
    assert (plan.parallel, plan.coaching_only, plan.threshold) == (True, True, 0.5)
    limits = (plan.parallel_seconds, plan.regeneration_seconds, plan.sequential_seconds)
    assert limits == (1.0, 2.0, 3.0)
    assert plan.audio_format == "mp3"


@pytest.mark.parametrize(
    ("flag", "allowed", "wanted", "parallel"),
    [
        (None, True, "", True),
        (True, True, "", True),
        (False, True, "", False),
        (True, False, "", False),
        (True, True, "parallel", True),
        (True, True, "sequential", False),
        (True, True, "rule_based", False),
        (False, True, "parallel", False),
    ],
)
def test_flag_off_switch_and_wish_must_all_allow_parallel(
    settings: Settings, flag: bool | None, allowed: bool, wanted: str, parallel: bool
) -> None:
    settings.ENABLE_PARALLEL_AI_PROCESSING = allowed
    if flag is not None:
        switch(PARALLEL, flag)
    assert take_snapshot(RunFactory.create(wanted_mode=wanted)).plan.parallel is parallel


@pytest.mark.parametrize("name", [PARALLEL, WINDOWED, CONTENT_REVIEW, ANSWER_CACHE])
def test_each_flag_is_on_until_somebody_switches_it_off(name: str) -> None:
    run = RunFactory.create()

    def variants() -> dict[str, bool] | None:
        run.snapshot = codec.dump(take_snapshot(run))
        return variants_of(run)

    assert variants() == AS_DELIVERED
    switch(name, False)
    assert variants() == AS_DELIVERED | {name: False}
    FeatureFlag.objects.filter(name=name).update(everyone=None)
    FeatureFlag.get(name).users.add(run.session.owner)
    assert variants() == AS_DELIVERED


def test_a_run_that_has_not_begun_has_no_variants() -> None:
    assert variants_of(RunFactory.create()) is None


def test_runs_that_began_before_a_flag_was_there_have_it_on() -> None:
    run = RunFactory.create()
    stored = codec.dump(take_snapshot(run))
    del stored["plan"]["windowed"], stored["plan"]["content_review"]
    run.snapshot = stored
    assert variants_of(run) == AS_DELIVERED


def test_an_experiment_reads_with_its_model_and_writes_with_the_usual_one(
    settings: Settings,
) -> None:
    settings.AI_MODEL_EXPERIMENTAL = "brave-new"
    run, other = RunFactory.create(), RunFactory.create()
    switch(EXPERIMENTAL_MODEL, None).users.add(run.session.owner)
    for each, model, on in ((run, "brave-new", True), (other, "gpt-5.4", False)):
        each.snapshot = codec.dump(take_snapshot(each))
        access = access_for(each)
        assert access is not None
        assert access.config.models.analysis == model
        assert access.config.models.coaching == "gpt-5.4-mini"
        assert (variants_of(each) or {})[EXPERIMENTAL_MODEL] is on


def test_an_experiment_without_a_model_of_its_own_is_none(settings: Settings) -> None:
    switch(EXPERIMENTAL_MODEL, True)
    run = RunFactory.create()
    run.snapshot = codec.dump(take_snapshot(run))
    access = access_for(run)
    assert access is not None
    assert access.config.models.analysis == "gpt-5.4"
    assert variants_of(run) == AS_DELIVERED


def test_a_run_ends_with_the_experiment_it_began_with(settings: Settings) -> None:
    settings.AI_MODEL_EXPERIMENTAL = "brave-new"
    switch(EXPERIMENTAL_MODEL, True)
    run = RunFactory.create()
    run.snapshot = codec.dump(take_snapshot(run))
    switch(EXPERIMENTAL_MODEL, False)
    settings.AI_MODEL_EXPERIMENTAL = ""
    access = access_for(run)
    assert access is not None
    assert access.config.models.analysis == "brave-new"


def test_without_the_cache_a_run_has_books_of_its_own() -> None:
    switch(ANSWER_CACHE, False)
    run = RunFactory.create()
    access = access_for(run)
    assert access is not None
    books = access.books()
    assert isinstance(books, OwnAnswers)


def test_a_run_keeps_what_it_began_with(settings: Settings) -> None:
    run = RunFactory.create()
    run.snapshot = codec.dump(take_snapshot(run))
    for name in (PARALLEL, WINDOWED, CONTENT_REVIEW):
        switch(name, False)
    settings.AI_MODEL_ANALYSIS = "another"
    settings.PARALLEL_SECONDS = 1.0
    access = access_for(run)
    assert access is not None
    assert access.plan.parallel
    assert access.plan.windowed
    assert access.plan.content_review
    assert access.plan.parallel_seconds == 120
    assert access.config.models.analysis == "gpt-5.4"


def test_addresses_and_keys_are_those_of_today(settings: Settings) -> None:
    run = RunFactory.create()
    run.snapshot = codec.dump(take_snapshot(run))
    settings.OPENAI_API_KEY = "renewed"
    access = access_for(run)
    assert access is not None
    assert access.config.chat is not None
    assert access.config.chat.api_key == "renewed"
    assert "renewed" not in str(run.snapshot)


def test_rules_alone_means_no_chat_but_recordings_are_written_down() -> None:
    access = access_for(RunFactory.create(wanted_mode="rule_based"))
    assert access is not None
    assert access.config.chat is None
    assert access.config.transcription is not None


@pytest.mark.parametrize(
    ("waited", "patience", "waits"),
    [(None, 900, True), (890, 900, True), (901, 900, False), (None, 0, False)],
)
def test_a_run_waits_until_its_patience_is_over(
    settings: Settings, waited: int | None, patience: int, waits: bool
) -> None:
    settings.MODEL_WAIT_SECONDS = patience
    since = None if waited is None else timezone.now() - timedelta(seconds=waited)
    access = access_for(RunFactory.create(waiting_since=since))
    assert access is not None
    assert access.waits is waits


def test_on_the_command_line_nobody_waits(settings: Settings) -> None:
    settings.ENABLE_PARALLEL_AI_PROCESSING = False
    access = access_without_run()
    assert access is not None
    assert (access.waits, access.plan.parallel, access.subject.owner_id) == (False, False, None)


def test_exact_words_are_embedded_where_there_is_a_model(settings: Settings) -> None:
    run = RunFactory.create()
    assert not embeds(run)
    transcript(run, "draft")
    assert not embeds(run)
    transcript(run, "own")
    assert embeds(run)
    settings.AI_MODEL_EMBEDDING = ""
    assert not embeds(run)
