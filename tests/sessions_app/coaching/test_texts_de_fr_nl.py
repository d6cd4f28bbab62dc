"""German, French and Dutch coaching as it is shown, every sentence of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from sessions_app.coaching.phrases import Phrases, phrases
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.sentences import sentences
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.metrics import LabelCount, PaceWindow, PauseCounts
from sessions_app.speech.words import Word
from tests.sessions_app.coaching.talks import fillers, found, spoken, talk, with_fillers

LANGUAGES = ("de", "fr", "nl")
FAST = (PaceWindow(0, 15_000, 150.0), PaceWindow(15_000, 30_000, 210.0))

each_language = pytest.mark.parametrize("language", LANGUAGES)


def situations() -> dict[str, Situation]:
    """One for every piece of advice on words and delivery, and for talks without any."""
    clusters = found(FindingKind.FILLER_CLUSTER, "start_of_talk", 5, 75, size=60)
    clustered = with_fillers("äh", 14, filler_clusters=2)
    mixed = [finding for at in (5, 20, 35, 50) for finding in fillers(f"w{at}", at, at + 3, at + 7)]
    return {
        "fillers_clusters": replace(clustered, findings=clustered.findings + clusters),
        "fillers_sound": replace(with_fillers("um", 14), sounds=frozenset({"um"})),
        "fillers_word": with_fillers("genau", 14),
        "fillers_general": talk(
            mixed,
            fillers_total=12,
            fillers_per_minute=12.0,
            fillers_by_label=(LabelCount("w5", 3),),
        ),
        "pace_fast": talk(wpm=200.0, pace_windows=FAST),
        "pace_slow": talk(wpm=80.0),
        "pace_bursts": talk(found(FindingKind.PACE_FAST, "fast", 10, size=60), pace_windows=FAST),
        "pauses_long": talk(pauses=PauseCounts(9, 0, 4, 2, 0), longest_pause_ms=4_200),
        "pauses_few": talk(pauses=PauseCounts(1, 0, 0, 0, 0), longest_pause_ms=400),
        "pauses_mid_sentence": talk(pauses=PauseCounts(10, 4, 0, 0, 6)),
        "voice_trailing": talk(found(FindingKind.TRAILING_OFF, "end", *range(10, 120, 15), size=3)),
        "voice_flat": talk(pitch_range_semitones=3.0),
        "repetition": talk(found(FindingKind.REPETITION, "die", *range(5, 60, 8)), repetitions=7),
        "hedges": talk(found(FindingKind.HEDGE, "vielleicht", *range(5, 60, 8)), hedges=7),
        "sentences_long": talk(sentence_words_mean=34.0),
        "words_overused": talk(found(FindingKind.OVERUSED_WORD, "super", *range(5, 60, 5))),
        "wording": talk(found(FindingKind.NON_INCLUSIVE, "blacklist", 40)),
        "opening": talk(found(FindingKind.WEAK_OPENER, "sorry", 2)),
        "length_over": talk(target_seconds=30),
        "length_under": talk(target_seconds=200),
        "several": with_fillers("um", 16, wpm=190.0, pitch_range_semitones=4.0),
        "none": talk(fillers_total=0, fillers_per_minute=0.0, repetitions=0, hedges=0),
        "draft": talk(exact_words=False, fillers_possible=3),
        "later": talk(
            wpm=190.0, history=(talk().metrics, talk(wpm=120.0, fillers_per_minute=8.0).metrics)
        ),
    }


def coachings(language: str, talks: int = 30) -> Iterator[tuple[str, Situation, Coaching]]:
    """Of each situation as many talks as bring up every phrasing."""
    for name, situation in situations().items():
        for number in range(talks):
            told = replace(situation, language=language, words=words(number))
            yield name, told, coach(told)


def words(number: int) -> tuple[Word, ...]:
    """Words that may be quoted: none has a digit."""
    text = "wort" + "abcdefghij"[number // 10] + "abcdefghij"[number % 10]
    return tuple(replace(word, text=text) for word in spoken())


def parts(coaching: Coaching) -> Iterator[str]:
    yield coaching.summary
    yield coaching.acknowledgement
    yield from coaching.strengths
    yield from (step.text for step in coaching.plan)
    if coaching.goal is not None:
        yield coaching.goal.text
    for area in coaching.focus_areas:
        yield from (area.title, area.what, area.why, area.exercise)


@cache
def shown(language: str) -> frozenset[str]:
    return frozenset(
        fill(part, situation.metrics, language)
        for _, situation, coaching in coachings(language)
        for part in parts(coaching)
    )


def written(table: Phrases) -> str:
    return "\n".join(str(part) for part in table.model_dump().values())


@each_language
def test_every_text_is_shown_without_marks_of_the_table(language: str) -> None:
    texts = shown(language)
    assert len(texts) > 150
    assert [text for text in texts if set("{}[]<>|") & set(text)] == []


@each_language
def test_no_sentence_is_lost_where_all_is_measured(language: str) -> None:
    for name, situation, coaching in coachings(language, talks=12):
        for part in parts(coaching):
            filled = fill(part, situation.metrics, language)
            assert len(sentences(filled)) == len(sentences(part)), (name, part)


@each_language
def test_every_phrasing_of_the_advice_comes_up(language: str) -> None:
    texts = shown(language)
    for name, advice in phrases(language).advice.items():
        assert [text for text in advice.why if text not in texts] == [], name


@each_language
def test_a_sentence_begins_with_a_capital_and_ends_with_a_full_stop(language: str) -> None:
    for text in shown(language) - {""}:
        first, last = next(char for char in text if char.isalnum()), text[-1]
        assert not first.islower() or text[0] in "„“«", text
        assert last.isalnum() or last in ".“”»", text
        assert "  " not in text


@each_language
def test_names_of_topics_never_begin_a_sentence(language: str) -> None:
    table = phrases(language)
    for part in (table.strengths, table.progress, table.summary):
        told = [
            sentence for texts in part.values() for text in texts for sentence in sentences(text)
        ]
        assert [sentence for sentence in told if sentence.startswith("<")] == []


def test_german_names_of_topics_read_the_same_in_both_cases() -> None:
    """A masculine "dein Aufbau" would be wrong after "wenn du ... angehst"."""
    for name in phrases("de").topics.values():
        assert not re.match(r"(der|den|dem|deinen|deinem|einen|ein) ", name), name


def test_german_quotes_low_and_high() -> None:
    text = written(phrases("de"))
    assert text.count("„") == text.count("“") > 0
    assert "”" not in text


def test_french_spaces_do_not_break() -> None:
    text = written(phrases("fr")).replace("\\u202f", "\u202f").replace("\\xa0", "\xa0")
    assert re.findall(r"«(?!\u202f)|(?<!\u202f)»", text) == []
    assert re.findall(r"(?<=\w)\s(?=[;!?])(?<!\u202f)|(?<=\w) (?=:)", text) == []


def test_french_never_puts_a_name_where_it_would_contract() -> None:
    for text in shown("fr"):
        assert re.search(r"\b([àÀ]|[dD]e) les?\b(?! (dire|faire))", text) is None, text


@pytest.mark.parametrize(
    ("language", "formal"),
    [("fr", r"\b(vous|votre|vos)\b"), ("nl", r"\b(u|uw)\b"), ("de", r"\b(Ihnen|Ihre[nmrs]?)\b")],
)
def test_the_speaker_is_addressed_as_a_friend(language: str, formal: str) -> None:
    assert [text for text in shown(language) if re.search(formal, text)] == []


def test_one_of_a_thing_is_singular() -> None:
    situation = talk(fillers_total=1)
    lines = {"de": "1 Füllwort", "fr": "1 mot parasite", "nl": "1 stopwoord"}
    for language, expected in lines.items():
        told = phrases(language).advice["fillers_general"].what[0]
        assert expected in fill(told, situation.metrics, language)
