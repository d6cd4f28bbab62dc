from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError

from metrics_app.models import CorrectionEvent
from sessions_app import actions, codec, pipeline, queries
from sessions_app.actions import Refusal
from sessions_app.models import Correction, PracticeSession, RunMetrics, SessionRun
from sessions_app.pipeline import STAGES
from sessions_app.report import Report
from sessions_app.speech.findings import FindingKind, FindingSource, FindingStatus
from sessions_app.stages import concluding
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import StageName, TextSource
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION
from tests.sessions_app.second_reading import SECOND

pytestmark = pytest.mark.django_db

SAID = "Today, um, I think we should, um, begin with the plan."
TEXT = f"1\n00:00:00,000 --> 00:00:06,000\n{SAID}\n"
UM, OTHER_UM, PLAN = 1, 6, 10


def reported(text: str = TEXT, **fields: Any) -> SessionRun:
    given = {"session__transcript_text": text, "session__transcript_format": "srt"} | fields
    run = RunFactory.create(**given)
    pipeline.execute(run.pk)
    return fresh(run)


def fresh(run: SessionRun) -> SessionRun:
    runs = SessionRun.objects.select_related("session__owner", "transcript")
    return runs.get(pk=run.pk)


def report_of(run: SessionRun) -> Report:
    report = queries.report(fresh(run))
    assert report is not None
    return report


def correct(run: SessionRun, kind: str, start: int, end: int = 0, **more: Any) -> Correction:
    return actions.correct(
        session=run.session,
        author=run.session.owner,
        kind=kind,
        start_word=start,
        end_word=end or start + 1,
        **more,
    )


def fillers(run: SessionRun) -> int | None:
    metrics = report_of(run).metrics
    return metrics.fillers_total if metrics else None


def refused(run: SessionRun, *wish: Any, **more: Any) -> Refusal:
    with pytest.raises(actions.CannotCorrect) as caught:
        correct(run, *wish, **more)
    return caught.value.reason


class TestCorrecting:
    def test_what_is_no_filler_is_not_counted_and_says_who_said_so(self) -> None:
        run = reported()
        assert fillers(run) == 2
        correction = correct(run, "not_a_filler", UM)
        assert fillers(run) == 1
        (found,) = [f for f in report_of(run).findings if f.correction == correction.pk]
        assert (found.start_word, found.status) == (UM, FindingStatus.REJECTED)
        assert found.source is FindingSource.USER

    def test_a_filler_nobody_found_is_counted(self) -> None:
        run = reported()
        correct(run, "is_a_filler", 7)
        assert fillers(run) == 3

    def test_an_edited_word_is_read_and_shown_as_it_was_said(self) -> None:
        run = reported()
        correct(run, "word", PLAN, text="um")
        report = report_of(run)
        assert report.words[PLAN].text == "um."
        assert fillers(run) == 3
        assert any(f.start_word == PLAN and f.text == "um" for f in report.findings)

    def test_the_row_says_who_said_what_of_which_words(self) -> None:
        run = reported()
        row = correct(run, "word", PLAN, text="map")
        assert (row.author, row.transcript_id) == (run.session.owner, run.transcript_id)
        assert (row.said, row.text) == ("plan.", "map.")
        word = report_of(run).words[PLAN]
        assert (row.start_ms, row.end_ms) == (word.start_ms, word.end_ms)

    def test_lists_of_talks_show_the_corrected_figures(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        row = RunMetrics.objects.get(run=run)
        metrics = report_of(run).metrics
        assert (row.fillers_total, row.metrics["fillers_total"]) == (1, 1)
        assert metrics is not None
        assert row.fillers_per_minute == metrics.fillers_per_minute
        assert row.metrics == codec.dump(metrics)

    def test_what_rules_and_model_said_stays_in_its_rows(self) -> None:
        run = reported()
        before = list(run.findings.values())
        words = run.transcript.words if run.transcript else None
        correct(run, "not_a_filler", UM)
        correct(run, "word", PLAN, text="um")
        assert list(run.findings.values()) == before
        again = fresh(run).transcript
        assert again is not None
        assert again.words == words

    def test_what_a_model_decided_about_other_words_stays(self) -> None:
        run = finished_run(own={"refinement": lambda context, check: SECOND})
        correct(run, "word", 1, text="hullo")
        statuses = {f.label: f.status for f in report_of(run).findings}
        assert statuses == {"um": FindingStatus.REJECTED, "there": FindingStatus.COUNTED}

    def test_the_last_word_counts(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        last = correct(run, "is_a_filler", UM)
        assert fillers(run) == 2
        assert [c.number for c in report_of(run).corrections] == [last.pk]
        assert len(queries.corrections_of(run.session)) == 2

    def test_they_are_listed_newest_first(self) -> None:
        run = reported()
        first, second = (
            correct(run, "not_a_filler", UM),
            correct(run, "not_a_filler", OTHER_UM),
        )
        assert queries.corrections_of(run.session) == [second, first]

    def test_a_correction_without_an_author_stays(self) -> None:
        row = correct(reported(), "not_a_filler", UM)
        Correction.objects.filter(pk=row.pk).update(author=None)
        assert fillers(fresh(row.session.current_run or RunFactory.build())) == 1


class TestTakingBack:
    def test_makes_the_report_what_it_was(self) -> None:
        run = reported()
        before = report_of(run)
        rows = [
            correct(run, "not_a_filler", UM),
            correct(run, "word", PLAN, text="um"),
            correct(run, "is_a_filler", 7),
        ]
        assert report_of(run) != before
        for row in rows:
            actions.take_back(correction=row)
        assert report_of(run) == before

    def test_keeps_the_row_and_leaves_what_was_said_before(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        last = correct(run, "is_a_filler", UM)
        actions.take_back(correction=last)
        assert fillers(run) == 1
        last.refresh_from_db()
        assert last.taken_back_at is not None
        assert last not in queries.corrections_of(run.session)

    def test_twice_is_once(self) -> None:
        run = reported()
        row = correct(run, "not_a_filler", UM)
        actions.take_back(correction=row)
        row.refresh_from_db()
        when = row.taken_back_at
        actions.take_back(correction=row)
        row.refresh_from_db()
        assert row.taken_back_at == when
        assert CorrectionEvent.objects.filter(made=False).count() == 1

    def test_is_over_when_the_talk_is_gone(self) -> None:
        run = reported()
        row = correct(run, "not_a_filler", UM)
        actions.delete_session(session=run.session)
        with pytest.raises(actions.CannotCorrect) as caught:
            actions.take_back(correction=row)
        assert caught.value.reason is Refusal.NO_REPORT


class TestRefusing:
    def test_before_there_is_a_report(self) -> None:
        assert refused(RunFactory.create(), "not_a_filler", 0) is Refusal.NO_REPORT

    def test_a_talk_that_is_gone(self) -> None:
        run = reported()
        actions.delete_session(session=PracticeSession.objects.get(pk=run.session_id))
        assert refused(run, "not_a_filler", UM) is Refusal.NO_REPORT

    def test_a_draft(self) -> None:
        draft = codec.load(type(TRANSCRIPTION), {**codec.dump(TRANSCRIPTION), "source": "draft"})
        run = finished_run(own={"transcription": lambda context, check: draft})
        assert run.transcript is not None
        assert run.transcript.source == TextSource.DRAFT
        assert refused(run, "not_a_filler", 0) is Refusal.DRAFT

    def test_words_of_another_transcript_than_was_seen(self) -> None:
        run = reported()
        assert run.transcript_id is not None
        wish = ("not_a_filler", UM)
        other = run.transcript_id + 1
        assert refused(run, *wish, transcript=other) is Refusal.OTHER_WORDS
        assert correct(run, *wish, transcript=run.transcript_id)

    @pytest.mark.parametrize(
        ("wish", "reason"),
        [
            (("not_a_filler", 99), Refusal.NO_SUCH_WORDS),
            (("not_a_filler", PLAN), Refusal.ALREADY_SO),
            (("is_a_filler", UM), Refusal.ALREADY_SO),
            (("word", PLAN), Refusal.NOT_ONE_WORD),
        ],
    )
    def test_leaves_no_trace(self, wish: tuple[str, int], reason: Refusal) -> None:
        run = reported()
        assert refused(run, *wish) is reason
        assert not Correction.objects.exists()
        assert not CorrectionEvent.objects.exists()


class TestNewRuns:
    def test_carry_over_what_stands_to_a_transcript_read_again(self) -> None:
        run = reported()
        row = correct(run, "not_a_filler", UM)
        correct(run, "word", PLAN, text="um")
        again = actions.start_run(session=run.session)
        pipeline.execute(again.pk)
        assert fresh(again).transcript_id != run.transcript_id
        assert fillers(again) == 2
        assert report_of(again).words[PLAN].text == "um."
        assert row.pk in {c.number for c in report_of(again).corrections}

    def test_do_without_what_was_taken_back(self) -> None:
        run = reported()
        actions.take_back(correction=correct(run, "not_a_filler", UM))
        again = actions.start_run(session=run.session)
        pipeline.execute(again.pk)
        assert fillers(again) == 2

    def test_do_not_apply_what_is_not_said_there(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        session = run.session
        PracticeSession.objects.filter(pk=session.pk).update(
            transcript_text=TEXT.replace("Today, um,", "Today, uh,")
        )
        session.refresh_from_db()
        again = actions.start_run(session=session)
        pipeline.execute(again.pk)
        assert fillers(again) == 2
        assert report_of(again).corrections == ()
        assert len(queries.corrections_of(session)) == 1

    def test_read_the_words_as_they_were_heard(self) -> None:
        run = reported()
        correct(run, "word", PLAN, text="um")
        again = actions.start_run(session=run.session, from_stage=StageName.REFINEMENT)
        pipeline.execute(again.pk)
        kinds = [f.start_word for f in fresh(again).findings.filter(kind=FindingKind.FILLER)]
        assert kinds == [UM, OTHER_UM]
        assert fillers(again) == 3

    def test_see_what_is_set_right_while_they_go_on(self) -> None:
        run = reported()
        again = actions.start_run(session=run.session)
        lease = actions.claim_run(run_id=again.pk)
        assert lease is not None
        correct(run, "not_a_filler", UM)
        actions.hand_back(lease)
        pipeline.execute(again.pk)
        assert fillers(again) == 1

    def test_miss_nothing_that_is_set_right_after_they_scored(self) -> None:
        run = reported()
        row = correct(run, "not_a_filler", OTHER_UM)

        def score(context: RunContext, check: Check) -> Any:
            output = concluding.run(context, check)
            correct(run, "not_a_filler", UM)
            actions.take_back(correction=row)
            return output

        again = actions.start_run(session=run.session)
        stages = (replace(s, run=score) if s.name is StageName.SCORING else s for s in STAGES)
        pipeline.execute(again.pk, tuple(stages))
        statuses = {f.start_word: f.status for f in report_of(again).findings if f.label == "um"}
        assert statuses == {UM: FindingStatus.REJECTED, OTHER_UM: FindingStatus.COUNTED}
        assert fresh(again).session.current_run_id == again.pk


class TestCounting:
    def test_tells_kind_and_whose_work_it_was_and_no_words(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        correct(run, "is_a_filler", 7)
        row = correct(run, "word", PLAN, text="secret")
        actions.take_back(correction=row)
        events = CorrectionEvent.objects.order_by("pk")
        assert list(events.values_list("made", "kind", "source", "label")) == [
            (True, "not_a_filler", "rule", "um"),
            (True, "is_a_filler", "none", ""),
            (True, "word", "none", ""),
            (False, "word", "none", ""),
        ]
        event = events[0]
        assert (event.run_id, event.owner_id) == (run.pk, run.session.owner_id)
        assert event.language == "en"
        dumped = json.dumps(list(events.values()), default=str)
        assert "secret" not in dumped
        assert "begin" not in dumped

    @pytest.mark.parametrize(
        ("kind", "at", "source"), [("is_a_filler", 0, "ai"), ("not_a_filler", 2, "ai")]
    )
    def test_a_models_decision_is_the_models(self, kind: str, at: int, source: str) -> None:
        run = finished_run(own={"refinement": lambda context, check: SECOND})
        correct(run, kind, at)
        assert CorrectionEvent.objects.get().source == source

    def test_a_word_that_a_model_wrote_down_is_the_models(self) -> None:
        heard = codec.load(type(TRANSCRIPTION), {**codec.dump(TRANSCRIPTION), "source": "api"})
        run = finished_run(own={"transcription": lambda context, check: heard})
        correct(run, "word", 1, text="hullo")
        assert CorrectionEvent.objects.get().source == "ai"

    def test_what_the_speaker_said_before_is_the_speakers(self) -> None:
        run = reported()
        correct(run, "not_a_filler", UM)
        correct(run, "is_a_filler", UM)
        assert CorrectionEvent.objects.order_by("pk").last().source == "user"  # type: ignore[union-attr]

    def test_a_correction_stands_although_it_could_not_be_counted(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**fields: object) -> None:
            raise DatabaseError("the table is locked")

        run = reported()
        monkeypatch.setattr(CorrectionEvent.objects, "create", fail)
        correct(run, "not_a_filler", UM)
        assert fillers(run) == 1
        assert not CorrectionEvent.objects.exists()
