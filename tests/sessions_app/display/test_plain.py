from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.agreement import compare
from sessions_app.display.plain import WIDTH, plain_text
from sessions_app.report import Report, StageTiming, assemble
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.stages.outputs import Rung, StageName, StepDown
from tests.sessions_app.ai_runs import REVIEW
from tests.sessions_app.samples import MEDIA, REFINEMENT, RULES, SCORING, TRANSCRIPTION

UM = RULES.findings[0]
REPORT = assemble(
    title="Harbour",
    language="en",
    kind="pitch",
    provisional=False,
    media=MEDIA,
    transcription=TRANSCRIPTION,
    rules=RULES,
    refinement=REFINEMENT,
    scoring=SCORING,
    steps_down=(),
    timings=(StageTiming(StageName.MEDIA, "done", 1, 1234),),
    processing_time_ms=2345,
)


def with_finding(finding: Finding) -> Report:
    return replace(REPORT, findings=(finding,))


def section(report: Report, title: str) -> list[str]:
    """The lines below a heading, up to the next empty line."""
    lines = plain_text(report).splitlines()
    start = lines.index(title) + 2
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return lines[start:end]


def test_scores_have_a_band_or_are_not_available() -> None:
    scores = dict(line.split(maxsplit=1) for line in section(REPORT, "Scores"))
    assert scores["Pace"] == "90 Strong"
    assert scores["Fillers"] == "not available"


def test_measures_have_units() -> None:
    measures = section(REPORT, "Measures")
    assert any(line.split()[-2:] == ["128", "words/min"] for line in measures)
    assert any(line.endswith("-20.0 dBFS") for line in measures)


def test_a_finding_has_its_moment_its_words_and_its_advice() -> None:
    line = section(with_finding(replace(UM, start_ms=62_500)), "Findings")[0]
    assert line.strip() == "1:02  Filler: “Um,” A sound. Pause."


def test_a_finding_without_a_time_has_a_dash() -> None:
    line = section(with_finding(replace(UM, start_ms=None)), "Findings")[0]
    assert line.strip().startswith("–  Filler")


def test_a_possible_filler_is_marked() -> None:
    lines = section(with_finding(replace(UM, status=FindingStatus.POSSIBLE)), "Findings")
    assert "Filler, possibly" in lines[0]


def test_a_rejected_finding_is_not_shown() -> None:
    text = plain_text(with_finding(replace(UM, status=FindingStatus.REJECTED)))
    assert "Findings" not in text.splitlines()


def test_long_quotations_are_cut_and_lines_stay_narrow() -> None:
    run_on = Finding(FindingKind.RUN_ON, "run-on", "and so on " * 80, 0, 240, why="Long. " * 30)
    lines = section(with_finding(run_on), "Findings")
    assert max(map(len, lines)) <= WIDTH
    assert "…" in "".join(lines)


def test_caveats_are_told() -> None:
    assert len([line for line in section(REPORT, "Please note") if line.startswith("! ")]) == 2


def test_coaching_has_its_parts() -> None:
    coaching = "\n".join(section(REPORT, "Coaching"))
    for part in ("A calm start.", "+ You were easy", "1. Fillers", "0:00  “Um,”"):
        assert part in coaching
    assert "Goal: Fewer fillers Fillers per minute: 42.9 → 4.0" in coaching
    assert "* Practise (5 minutes, 3 times a week)" in coaching


def test_stages_have_their_durations() -> None:
    lines = section(REPORT, "Processing")
    assert lines[0].endswith("1.2 s")
    assert lines[-1].endswith("2.3 s")


def test_parts_that_are_not_there_are_left_out() -> None:
    bare = replace(
        REPORT, mode="", caveats=(), findings=(), metrics=None, scores=None, coaching=None
    )
    lines = plain_text(bare).splitlines()
    assert "Measures" not in lines
    assert "Coaching" not in lines
    assert lines[2].split() == ["Mode", "not", "available"]


def test_the_review_of_the_content_and_the_ladder_are_told() -> None:
    step = StepDown(Rung.PARALLEL, Rung.SEQUENTIAL, "limit")
    read = replace(
        REPORT, review=REVIEW, agreement=compare(15, 7, 0.2), regenerated=True, steps_down=(step,)
    )
    text = " ".join(plain_text(read).split())
    assert "Main message: Greeting people matters. 0:00 “hello there.”" in text
    assert "- Nothing is asked of the listeners." in text
    assert "they were done one after the other. The AI took longer than it is given." in text
    assert "because rules counted 15 fillers and the AI reader 7 (53 %)." in text


def test_without_ai_nothing_is_said_about_it() -> None:
    lines = plain_text(REPORT).splitlines()
    assert not {"AI", "Content, reviewed by AI"} & set(lines)
