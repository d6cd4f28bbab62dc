import pytest

from sessions_app.speech.foreign import LANGUAGES, is_foreign

PROMPTS = {
    "en": "Why does our town need a new library, and what would it cost?",
    "es": "¿Por qué nuestro pueblo necesita una biblioteca nueva y cuánto costaría?",
    "pt": "Por que a nossa cidade precisa de uma biblioteca nova e quanto custaria?",
    "fr": "Pourquoi notre ville a-t-elle besoin d'une bibliothèque et que coûterait-elle ?",
    "de": "Warum braucht unsere Stadt eine neue Bibliothek, und was würde sie kosten?",
    "it": "Perché la nostra città ha bisogno di una nuova biblioteca e quanto costerebbe?",
    "nl": "Waarom heeft onze stad een nieuwe bibliotheek nodig en wat zou die kosten?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_prompt_in_another_language_is_foreign(language: str) -> None:
    foreign = {other for other in LANGUAGES if is_foreign(PROMPTS[other], language)}
    assert language not in foreign
    neighbours = {"es", "pt"} if language in ("es", "pt") else set()
    assert foreign >= set(LANGUAGES) - {language} - neighbours


@pytest.mark.parametrize(
    "prompt",
    ["", "Library", "Kubernetes scheduling", "Describe Le Mans and La Rochelle.", "La La Land"],
)
def test_names_make_no_prompt_foreign(prompt: str) -> None:
    assert not is_foreign(prompt, "en")


def test_nothing_is_known_of_a_language_without_a_pack() -> None:
    assert not is_foreign(PROMPTS["de"], "pl")
