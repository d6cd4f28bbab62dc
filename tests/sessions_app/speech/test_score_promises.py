"""What `docs/scoring.md` promises of the scores, held against whole talks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.packs import load_pack
from sessions_app.speech.pause_classes import ACCEPTABLE_MS
from sessions_app.speech.scores import Scores, score
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from tests.sessions_app.speech.measured import a_minute

PACK = load_pack("en")
assert PACK is not None
SOUNDS = frozenset(entry.label for entry in PACK.lexical)
FORMS = frozenset(form for form, entry in PACK.filler_forms.items() if entry)
TEXTS = ("um", "uh,", "like", "so", "well", "you", "know", "the", "plan", "works.", "we", "grow")
OTHERS = tuple(f"w{number}" for number in range(70))
"""So many that the share of different words lies where its points change."""

NAMES = ("pace", "fillers", "pauses", "variety", "structure")


def material(texts: list[str], steps: list[int], fillers: list[Finding]) -> Material:
    words, at = [], 0
    for text, step in zip(texts, steps, strict=True):
        words.append(Word(text, at, at + 200))
        at += step
    pitch = tuple(120.0 + 60.0 * (i % 10) / 10 for i in range(at // 100))
    return Material(
        words=tuple(words),
        findings=tuple(fillers),
        sentences=((0, len(words)),),
        times=WordTimes.EXACT,
        sounds=SOUNDS,
        filler_forms=FORMS,
        speech_regions=(Region(0, at),),
        loudness_dbfs=Track(100, (-20.0,) * (at // 100)),
        pitch_hz=Track(100, pitch),
    )


def filler(label: str, at: int) -> Finding:
    return Finding(FindingKind.FILLER, label, label, at, at + 1)


@st.composite
def talks(draw: st.DrawFn) -> Material:
    size = draw(st.integers(60, 150))
    texts = draw(
        st.lists(
            st.one_of(st.sampled_from(TEXTS), st.sampled_from(OTHERS), st.sampled_from(OTHERS)),
            min_size=size,
            max_size=size,
        )
    )
    steps = draw(st.lists(st.integers(260, 3_600), min_size=size, max_size=size))
    places = draw(st.sets(st.integers(0, size - 1), max_size=30))
    labels = st.sampled_from(("um", "like", "you know"))
    return material(texts, steps, [filler(draw(labels), at) for at in sorted(places)])


def values(scores: Scores) -> dict[str, int | None]:
    named = {name: getattr(scores, name) for name in (*NAMES, "overall")}
    return {name: each.value if each else None for name, each in named.items()}


def scored(talk: Material) -> dict[str, int | None]:
    return values(score(measure(talk)))


@given(talks(), st.data(), st.sampled_from(("um", "like", "you know", "a word of one's own")))
def test_one_more_filler_anywhere_raises_neither_its_score_nor_overall(
    talk: Material, data: st.DataObject, label: str
) -> None:
    at = data.draw(st.integers(0, len(talk.words) - 1))
    before = scored(talk)
    after = scored(replace(talk, findings=(*talk.findings, filler(label, at))))
    assert (after["fillers"] or 0) <= (before["fillers"] or 0)
    assert (after["overall"] or 0) <= (before["overall"] or 0)
    others = set(NAMES) - {"fillers"}
    assert {name: after[name] for name in others} == {name: before[name] for name in others}


@given(talks(), st.data())
def test_taking_a_filler_back_moves_no_other_score(talk: Material, data: st.DataObject) -> None:
    if not talk.findings:
        return
    at = data.draw(st.integers(0, len(talk.findings) - 1))
    rejected = replace(talk.findings[at], status=FindingStatus.REJECTED)
    findings = (*talk.findings[:at], rejected, *talk.findings[at + 1 :])
    before, after = scored(talk), scored(replace(talk, findings=findings))
    assert (after["fillers"] or 0) >= (before["fillers"] or 0)
    assert [after[name] for name in NAMES if name != "fillers"] == [
        before[name] for name in NAMES if name != "fillers"
    ]


@given(talks())
def test_saying_it_all_once_more_in_another_turn_changes_no_rate(talk: Material) -> None:
    once, twice = scored(talk), scored(doubled(talk))
    assert [once[name] for name in ("pace", "fillers", "pauses")] == [
        twice[name] for name in ("pace", "fillers", "pauses")
    ]
    first, second = measure(talk), measure(doubled(talk))
    assert second.fillers_per_minute == pytest.approx(first.fillers_per_minute)
    assert second.wpm == pytest.approx(first.wpm)


def doubled(talk: Material) -> Material:
    """The talk, and ten seconds later the same again as another turn."""
    size = len(talk.words)
    later = ((talk.words[-1].end_ms or 0) + 10_000) // 100 * 100
    again = tuple(
        replace(word, start_ms=(word.start_ms or 0) + later, end_ms=(word.end_ms or 0) + later,
                turn=1)
        for word in talk.words
    )  # fmt: skip
    moved = (
        replace(one, start_word=one.start_word + size, end_word=one.end_word + size)
        for one in talk.findings
    )
    return replace(
        talk,
        words=talk.words + again,
        findings=(*talk.findings, *moved),
        sentences=((0, size), (size, 2 * size)),
    )


@given(talks(), st.floats(-40, 20))
def test_louder_or_softer_is_no_better_and_no_worse(talk: Material, by_db: float) -> None:
    assert talk.loudness_dbfs is not None
    levels = tuple(value + by_db for value in talk.loudness_dbfs.values if value is not None)
    assert scored(replace(talk, loudness_dbfs=Track(100, levels))) == scored(talk)


@given(talks(), st.integers(0, 58), st.integers(0, 5_000))
@settings(max_examples=60)
def test_a_silence_that_stalls_the_talk_costs_pauses_alone_and_no_less_when_it_is_longer(
    talk: Material, after: int, longer_ms: int
) -> None:
    stalled = later_from(talk, after + 1, ACCEPTABLE_MS + 1)
    more = later_from(stalled, after + 1, longer_ms)
    before, longer = scored(stalled), scored(more)
    assert (longer["pauses"] or 0) <= (before["pauses"] or 0)
    assert (longer["pace"], longer["fillers"]) == (before["pace"], before["fillers"])


def later_from(talk: Material, first: int, by_ms: int) -> Material:
    moved = tuple(
        replace(word, start_ms=(word.start_ms or 0) + by_ms, end_ms=(word.end_ms or 0) + by_ms)
        for word in talk.words[first:]
    )
    return replace(talk, words=talk.words[:first] + moved)


FULL = a_minute(
    wpm=150.0,
    wpm_total=140.0,
    fillers_total=7,
    filler_sounds=4,
    fillers_per_minute=7.0,
    fillers_possible=2,
    filler_clusters=1,
    pace_variation=0.2,
    pauses=PauseCounts(5, 0, 1, 0, 0),
    longest_pause_ms=2_000,
    repetitions=2,
    hedges=2,
    loudness_mean_dbfs=-20.0,
    loudness_sd_db=4.0,
    pitch_median_hz=120.0,
    pitch_range_semitones=7.0,
    monotone=False,
    vocabulary_variety=0.72,
    sentence_words_mean=15.0,
)


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        ({"wpm": 200.0}, "pace"),
        ({"fillers_per_minute": 14.0, "fillers_total": 14, "filler_sounds": 8}, "fillers"),
        ({"filler_sounds": 7}, "fillers"),
        ({"pauses": PauseCounts(5, 0, 3, 0, 0)}, "pauses"),
        ({"pauses": PauseCounts(0, 0, 1, 0, 0)}, "pauses"),
        ({"pitch_range_semitones": 4.0}, "variety"),
        ({"vocabulary_variety": 0.60}, "variety"),
        ({"pauses": PauseCounts(5, 0, 1, 0, 5)}, ""),
        ({"longest_pause_ms": 9_000}, ""),
        ({"filler_clusters": 5}, ""),
        ({"fillers_possible": 9}, ""),
        ({"pace_variation": 0.6}, ""),
        ({"wpm_total": 90.0}, ""),
        ({"repetitions": 30, "hedges": 30}, ""),
        ({"loudness_mean_dbfs": -50.0, "loudness_sd_db": 1.0}, ""),
        ({"pitch_median_hz": 250.0, "monotone": True}, ""),
        ({"sentence_words_mean": 40.0}, ""),
        ({"duration_ms": 900_000}, ""),
    ],
    ids=lambda case: "+".join(case) if isinstance(case, dict) else case or "none",
)
def test_each_quantity_moves_one_score_at_most_and_overall_with_it(
    changed: dict[str, Any], moved: str
) -> None:
    before, after = values(score(FULL, structure=50)), values(score(worse(changed), structure=50))
    different = {name for name in before if before[name] != after[name]}
    assert different == ({moved, "overall"} if moved else set())


def worse(changed: dict[str, Any]) -> Metrics:
    return replace(FULL, **changed)


def test_a_content_review_moves_structure_alone() -> None:
    before, after = values(score(FULL, structure=50)), values(score(FULL, structure=90))
    assert {n for n in before if before[n] != after[n]} == {"structure", "overall"}
