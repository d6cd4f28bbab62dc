from __future__ import annotations

import re

import pytest

from sessions_app import actions
from sessions_app.display.page import ReportPage, report_of, report_page
from sessions_app.exports.markdown import markdown
from sessions_app.models import SessionRun
from sessions_app.stages.outputs import TextSource
from tests.factories import UserFactory
from tests.sessions_app.ai_runs import READ_TWICE, WITHOUT_AI
from tests.sessions_app.attempts import attempt
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


def page_of(run: SessionRun) -> ReportPage:
    run.refresh_from_db()
    report = report_of(run)
    assert report is not None
    return report_page(run.session, run, report, "")


def written(run: SessionRun) -> str:
    return markdown(run.session, page_of(run))


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def cells(text: str) -> dict[str, str]:
    """The second cell of each row of its tables, by the first."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1] for row in rows}


def test_it_begins_with_the_title_and_the_prompt() -> None:
    text = written(finished_run(session__title="Bees *and* me", session__prompt="Why # bees?"))
    assert text.startswith("# Bees \\*and\\* me\n\n")
    assert "Practice prompt: Why # bees?" in text


def test_every_score_and_measure_is_that_of_the_page() -> None:
    owner = UserFactory.create()
    attempt(owner)
    run = attempt(owner, word_ms=340)
    page, text = page_of(run), written(run)
    scores = cells(section(text, "Scores"))
    for score in page.scores:
        assert scores[score.label] == ("not available" if score.value is None else str(score.value))
    measures = cells(section(text, "Measures"))
    shown = {each.label: each.value for group in page.measures for each in group.measures}
    assert {label: measures[label] for label in shown} == shown
    assert page.comparison is not None
    compared = cells(section(text, "Compared with earlier talks"))
    assert {row.label: row.before for row in page.comparison.measures}.items() <= compared.items()


def test_coaching_is_filled_in() -> None:
    run = finished_run(summary="You used {fillers_total|filler|fillers}.")
    text = section(written(run), "What to work on")
    assert "You used one filler." in text or "You used 1 filler." in text
    assert "{" not in text
    assert "Fewer fillers\n\nFillers per minute: 42.9 → **4.0**" in text


def test_progress_is_told_with_what_it_is_held_against() -> None:
    owner = UserFactory.create()
    attempt(owner)
    text = section(written(attempt(owner, word_ms=340)), "What to work on")
    assert "200 words/min → **176 words/min** (against the talk before, too few to know" in text


def test_paragraphs_are_one_line_apart() -> None:
    owner = UserFactory.create()
    attempt(owner)
    assert "\n\n\n" not in written(attempt(owner, word_ms=340))


def test_a_draft_is_not_said_to_be_without_a_fault() -> None:
    rough = {"source": TextSource.DRAFT}
    text = section(written(attempt(UserFactory.create(), spoken=rough)), "Findings")
    assert "Nothing is judged in a rough draft" in text


def test_a_correction_changes_it_as_it_changes_the_page() -> None:
    run = finished_run()
    own = {"session": run.session, "author": run.session.owner}
    actions.correct(kind="not_a_filler", start_word=0, end_word=1, **own)  # type: ignore[arg-type]
    text = written(run)
    assert cells(section(text, "Measures"))["Fillers"] == "0"
    coaching = page_of(run).coaching
    assert coaching is not None
    assert coaching.summary in section(text, "What to work on")
    assert "is not a filler" in section(text, "Your corrections")


def test_findings_are_listed_with_their_moment_and_origin() -> None:
    text = section(written(finished_run()), "Findings")
    assert "1 finding." in text
    assert "- 0:00.0 **Filler** “Um,” A sound. Pause. (Minor · found by rule · 100%)" in text


def test_what_the_ai_said_is_there_with_its_evidence() -> None:
    run = finished_run(own={"refinement": lambda context, check: READ_TWICE})
    text = section(written(run), "What your talk says")
    assert "**Main message**: Greeting people matters. (0:00 “hello there.”)" in text
    assert "**Main concern**: Nothing is asked of the listeners." in text


def test_a_degraded_report_says_what_it_lacks() -> None:
    run = finished_run(own={"refinement": lambda context, check: WITHOUT_AI})
    assert "lacks the AI's second look" in section(written(run), "Please note")


def test_words_stand_in_paragraphs_after_their_time() -> None:
    assert "**0:00** Um, hello there." in section(written(finished_run()), "Transcript")


def test_nothing_that_was_said_is_markup() -> None:
    run = attempt(UserFactory.create(), "We <b>really</b> like `code` and *stars* in [texts](x).")
    bare = re.sub(r"\\.", "", section(written(run), "Transcript"))
    assert not set(bare.replace("**", "")) & set("<>`*[]")
