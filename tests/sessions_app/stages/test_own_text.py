from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import Caveat, TextSource, Timing
from sessions_app.stages.own_text import own_words
from sessions_app.stages.problems import InputProblem, Problem
from tests.sessions_app.recognition.speech import TEXT, WORDS, never_stop
from tests.sessions_app.stages.spoken_talks import LENGTH_MS, context, heard


def starts(words: tuple[Word, ...]) -> list[int]:
    return [word.start_ms for word in words if word.start_ms is not None]


def problem_of(where: RunContext) -> Problem:
    with pytest.raises(InputProblem) as caught:
        own_words(where, never_stop)
    return caught.value.problem


def test_own_transcript_is_aligned_with_the_recording(tmp_path: Path) -> None:
    output = own_words(heard(context(tmp_path, TEXT)), never_stop)
    assert (output.source, output.timing, output.caveats) == (TextSource.OWN, Timing.ALIGNED, ())
    assert [word.text for word in output.words] == TEXT.split()
    assert output.engine.startswith("pocketsphinx-5")


def test_only_the_chosen_speaker_stays_with_times_and_turns(tmp_path: Path) -> None:
    parts = [" ".join(word for word, _, _ in WORDS[a:b]) for a, b in ((0, 50), (50, 90), (90, 172))]
    text = f"Jane: {parts[0]}\nBob: {parts[1]}\nJane: {parts[2]}"
    output = own_words(heard(context(tmp_path, text, speaker="Jane")), never_stop)
    assert len(output.words) == 132
    assert {word.turn for word in output.words[:50]} == {0}
    assert {word.turn for word in output.words[50:]} == {1}
    assert abs((output.words[50].start_ms or 0) - WORDS[90][1]) < 100


def test_other_languages_are_spread_over_the_speech(tmp_path: Path) -> None:
    speech = (Region(1_000, 2_000), Region(5_000, 6_000))
    output = own_words(heard(context(tmp_path, "buenos días", language="es"), speech), never_stop)
    spans = [(word.start_ms, word.end_ms) for word in output.words]
    assert spans == [(1_000, 2_000), (5_167, 6_000)]
    assert output.timing is Timing.APPROXIMATE
    assert output.caveats == (Caveat.TIMES_APPROXIMATE,)


ANOTHER = (
    "Every winter the harbour froze and the fishermen walked across it to the island, where my "
    "grandfather kept bees in wooden boxes painted yellow against the fog. "
)


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        (ANOTHER, "txt"),
        (ANOTHER * 4, "txt"),
        (f"1\n00:00:01,000 --> 00:00:20,000\n{ANOTHER}\n", "srt"),
    ],
)
def test_the_text_of_another_talk_gets_no_times(tmp_path: Path, text: str, format_: str) -> None:
    output = own_words(heard(context(tmp_path, text, format_)), never_stop)
    assert starts(output.words) == []
    assert output.timing is Timing.NONE
    assert output.caveats == (Caveat.TRANSCRIPT_MISMATCHED,)


def test_foreign_script_in_an_english_talk_says_that_it_differs(tmp_path: Path) -> None:
    output = own_words(heard(context(tmp_path, "問你能為你的國家做些什麼 " * 4)), never_stop)
    assert output.timing is Timing.APPROXIMATE
    assert Caveat.TRANSCRIPT_DIFFERS in output.caveats


def test_in_noise_nobody_can_tell_that_a_text_is_another_one(tmp_path: Path) -> None:
    where = heard(context(tmp_path, ANOTHER))
    assert where.media is not None
    noisy = replace(where, media=replace(where.media, snr_db=14.0))
    output = own_words(noisy, never_stop)
    assert output.timing is Timing.APPROXIMATE
    assert output.caveats == (Caveat.TIMES_APPROXIMATE, Caveat.TRANSCRIPT_DIFFERS)


def test_a_thousand_words_in_a_short_talk_are_a_mismatch(tmp_path: Path) -> None:
    assert problem_of(heard(context(tmp_path, "word " * 1_000))) is Problem.TRANSCRIPT_MISMATCH


def test_ten_words_for_a_long_talk_differ(tmp_path: Path) -> None:
    output = own_words(
        heard(context(tmp_path, "Good morning and thank you for coming")), never_stop
    )
    assert Caveat.TRANSCRIPT_DIFFERS in output.caveats


SRT = "1\n00:00:01,000 --> 00:00:03,000\nGood morning\n\n2\n01:00:03,000 --> 01:00:03,000\nthanks\n"


def test_subtitles_alone_keep_their_times(tmp_path: Path) -> None:
    output = own_words(context(tmp_path, SRT, "srt"), never_stop)
    assert [(w.text, w.start_ms, w.end_ms) for w in output.words] == [
        ("Good", 1_000, 1_769),
        ("morning", 1_769, 3_000),
        ("thanks", 3_603_000, 3_603_400),
    ]
    assert (output.timing, output.caveats) == (Timing.CUES, ())


def test_text_alone_has_no_times(tmp_path: Path) -> None:
    output = own_words(context(tmp_path, "Good morning"), never_stop)
    assert starts(output.words) == []
    assert (output.timing, output.caveats) == (Timing.NONE, (Caveat.NO_TIMES,))


def test_subtitles_of_another_language_keep_their_times_beside_audio(tmp_path: Path) -> None:
    where = heard(context(tmp_path, SRT, "srt", "de"), (Region(0, LENGTH_MS),))
    output = own_words(where, never_stop)
    assert output.timing is Timing.CUES
    assert starts(output.words)[:2] == [1_000, 1_769]
    assert max(starts(output.words)) <= LENGTH_MS


def test_a_transcript_without_words_is_empty(tmp_path: Path) -> None:
    assert problem_of(context(tmp_path, "[NOISE] ... ")) is Problem.TRANSCRIPT_EMPTY


def test_a_speaker_who_says_nothing_is_an_empty_transcript(tmp_path: Path) -> None:
    where = context(tmp_path, "Jane: Hi.\nBob: Hello.", speaker="Carol")
    assert problem_of(where) is Problem.TRANSCRIPT_EMPTY
