from __future__ import annotations

import statistics
from pathlib import Path

import numpy as np
import pytest

from sessions_app.recognition.alignment import Aligner, Alignment
from sessions_app.recognition.engine import alignment_engine
from sessions_app.recognition.pcm import Recording
from sessions_app.recognition.sound import Excerpt
from tests.sessions_app.recognition.aligning import ORDERS
from tests.sessions_app.recognition.speech import WORDS, never_stop, recording, silence

INVENTED = "zebras quickly juggle purple umbrellas beneath frozen volcanoes"
SPOKEN = [text for text, _, _ in WORDS]


def align(opened: Recording, words: list[str], folder: Path) -> Alignment:
    return Aligner(opened, words, folder, never_stop).align()


def errors(found: Alignment, truth: list[tuple[str, int, int]]) -> list[int]:
    pairs = zip(found.spans, truth, strict=True)
    return sorted(abs(span[0] - start) for span, (_, start, _) in pairs if span)


def test_finds_every_word_of_a_talk_to_the_frame(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        found = align(opened, SPOKEN, tmp_path)
    assert found.share == 1
    off = errors(found, WORDS)
    assert statistics.median(off) <= 20
    assert off[int(len(off) * 0.95)] <= 100


def test_places_the_rest_when_sentences_are_missing_from_the_text(tmp_path: Path) -> None:
    truth = WORDS[:60] + WORDS[95:]
    with recording(tmp_path) as opened:
        found = align(opened, [text for text, _, _ in truth], tmp_path)
    assert found.share > 0.8
    assert statistics.median(errors(found, truth)) <= 20


def test_does_not_find_sentences_that_nobody_says(tmp_path: Path) -> None:
    invented = INVENTED.split() * 6
    with recording(tmp_path) as opened:
        found = align(opened, SPOKEN[:80] + invented + SPOKEN[80:], tmp_path)
    inside = found.spans[80 : 80 + len(invented)]
    assert sum(span is not None for span in inside) < len(invented) // 4
    assert sum(span is not None for span in found.spans[:60]) > 45


def test_does_not_find_another_text(tmp_path: Path) -> None:
    other = ("The parliament adopted several resolutions concerning fishing quotas " * 18).split()
    with recording(tmp_path) as opened:
        assert align(opened, other, tmp_path).share < 0.2


def test_a_wrong_text_that_can_be_squeezed_in_is_not_believed(tmp_path: Path) -> None:
    other = "ask not what your country can do for you ask what you can do for your country"
    with recording(tmp_path) as opened:
        samples = np.frombuffer(opened.slice(0, 20_000), dtype=np.int16)
        found = align(Recording(samples), other.split(), tmp_path)
    assert found.share < 0.2


def test_follows_stated_times(tmp_path: Path) -> None:
    starts = [(WORDS[i][1], i) for i in range(0, len(WORDS), 20)]
    with recording(tmp_path) as opened:
        found = Aligner(opened, SPOKEN, tmp_path, never_stop).align(starts)
    assert found.share > 0.9
    assert statistics.median(errors(found, WORDS)) <= 20


def test_wrong_stated_times_do_not_lead_astray(tmp_path: Path) -> None:
    starts = [(WORDS[i][1] // 2 + 500, i) for i in range(0, len(WORDS), 20)]
    with recording(tmp_path) as opened:
        found = Aligner(opened, SPOKEN, tmp_path, never_stop).align(starts)
    assert found.share > 0.9


def test_words_no_english_speaker_can_say_are_not_found(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        assert align(opened, ["Так", "вот"], tmp_path).spans == (None, None)


def test_silence_and_no_sound_at_all_give_nothing(tmp_path: Path) -> None:
    assert align(silence(5), ["many"] * 20, tmp_path).share == 0
    assert align(silence(0), ["hello"], tmp_path).share == 0


def test_stops_when_asked(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    with recording(tmp_path) as opened, pytest.raises(StoppedError):
        Aligner(opened, SPOKEN, tmp_path, stop).align()


def test_a_heard_text_is_placed_as_well_in_one_go(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        found = Aligner(opened, SPOKEN, tmp_path, never_stop).align_heard()
    assert found.share == 1
    assert statistics.median(errors(found, WORDS)) <= 20


def test_a_heard_text_with_a_hole_is_placed_part_by_part(tmp_path: Path) -> None:
    truth = WORDS[:60] + WORDS[95:]
    with recording(tmp_path) as opened:
        found = Aligner(opened, [text for text, _, _ in truth], tmp_path, never_stop).align_heard()
    assert found.share > 0.7
    assert statistics.median(errors(found, truth)) <= 20


def test_an_engine_that_aligned_before_aligns_again(tmp_path: Path) -> None:
    engine = alignment_engine()
    with recording(tmp_path) as opened:
        first = Aligner(opened, ["zzyzx"], tmp_path, never_stop, engine).align_heard()
        found = Aligner(opened, SPOKEN, tmp_path, never_stop, engine).align_heard()
    assert (first.is_good, found.is_good) == (False, True)


def test_a_heard_text_is_placed_alike_whatever_was_heard_before(tmp_path: Path) -> None:
    found: list[Alignment] = []
    used, new = alignment_engine(), alignment_engine()
    with recording(tmp_path) as opened:
        for order, engine in ((ORDERS[0], used), (ORDERS[1], used), (ORDERS[1], new)):
            sound = Excerpt(opened, order.start_ms, order.end_ms)
            aligner = Aligner(sound, order.words, tmp_path, never_stop, engine)
            found.append(aligner.align_heard(order.speech))
    assert found[1] == found[2]


def test_no_text_is_not_aligned(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        assert Aligner(opened, [], tmp_path, never_stop).align_heard().spans == ()
