from pathlib import Path

import pytest
import yaml

from sessions_app.speech import key_words as module
from sessions_app.speech.key_words import key_words
from sessions_app.speech.stems import Stemmer


def texts(prompt: str, language: str = "en") -> list[str] | None:
    found = key_words(prompt, language, Stemmer(language))
    return None if found is None else [word.text for word in found]


def test_what_the_talk_is_to_be_about_is_named_and_the_task_is_not() -> None:
    prompt = "Explain in 2 minutes why walking meetings help your teams, and what a team loses."
    assert texts(prompt) == ["walking", "meetings", "help", "teams", "loses"]


def test_words_are_quoted_without_the_marks_around_them() -> None:
    assert texts("“Remote meetings”: boon (or bane)?") == ["Remote", "meetings", "boon", "bane"]


@pytest.mark.parametrize("prompt", ["", "Tell us what it is.", "5 - 10 minutes!", "What's this?"])
def test_a_prompt_may_name_nothing(prompt: str) -> None:
    assert texts(prompt) == []


def test_without_a_list_of_stop_words_nobody_knows_what_is_named() -> None:
    assert texts("Jak działa spotkanie?", "pl") is None


def test_task_words_are_listed_once_for_all_languages_of_the_product() -> None:
    table = yaml.safe_load(Path(module.__file__).with_name("task_words.yaml").read_text())
    assert set(table) == {"de", "en", "es", "fr", "it", "nl", "pt"}
    for words in table.values():
        assert words == sorted(set(words))
        assert all(word == word.lower() for word in words)
