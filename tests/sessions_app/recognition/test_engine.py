from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from pocketsphinx.lm import ArpaBoLM

from sessions_app.recognition.engine import alignment_engine, knows_language, phrase_engine

SENTENCE = ["ask", "not", "what", "your", "country", "can", "do", "for", "you"]


@pytest.mark.timeout(30)  # the square of such a length takes minutes
def test_the_phrases_of_an_hour_are_learned_at_once(tmp_path: Path) -> None:
    teacher = alignment_engine()
    words = list(itertools.islice(itertools.cycle(SENTENCE), 25_000))
    engine = phrase_engine(words, teacher, tmp_path)
    assert all(engine.knows(word) for word in SENTENCE)
    assert list(tmp_path.iterdir()) == []


def test_phrases_are_weighed_as_the_engines_own_tool_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = ArpaBoLM.write_file

    def keep(model: ArpaBoLM, path: str) -> bool:
        done: bool = write(model, path)
        written.append(Path(path).read_text(encoding="utf-8"))
        return done

    monkeypatch.setattr(ArpaBoLM, "write_file", keep)
    words = [*SENTENCE, *SENTENCE[3:6], "country"]
    phrase_engine(words, alignment_engine(), tmp_path)
    model, text = ArpaBoLM(text=" ".join(words), add_start=True), io.StringIO()
    model.compute()
    model.write(text)
    assert without_header(written[0]) == without_header(text.getvalue())


def without_header(model: str) -> str:
    """The first line tells the number of sentences, for people."""
    return model.partition("\n")[2]


@pytest.mark.parametrize(
    ("code", "known"), [("en", True), ("en-GB", True), ("EN_us", True), ("de", False), ("", False)]
)
def test_it_knows_english_by_any_of_its_codes(code: str, known: bool) -> None:
    assert knows_language(code) is known


def test_hesitations_are_known_with_the_vowel_they_have_when_drawn_out() -> None:
    engine = alignment_engine()
    assert list(engine.entries({"uh"})) == ["uh AH\n", "uh(2) AA\n"]
    assert list(engine.entries({"um"})) == ["um AH M\n", "um(2) AA M\n"]


def test_a_guess_does_not_depend_on_earlier_guesses() -> None:
    used, new = alignment_engine(), alignment_engine()
    used.learn({"jqxz"})
    used.learn({"jqxzing"})
    new.learn({"jqxzing"})
    assert list(used.entries({"jqxzing"})) == list(new.entries({"jqxzing"}))
