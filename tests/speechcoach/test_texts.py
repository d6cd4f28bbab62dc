from __future__ import annotations

from django.conf import settings

from speechcoach.texts import collected

TEXTS = collected(settings.BASE_DIR)


def test_texts_of_modules_are_found_with_their_plurals() -> None:
    found = TEXTS.get("Fillers per minute")
    assert found is not None
    assert ("sessions_app/display/measures.py", 1) in found.locations
    plural = TEXTS.get("%(n)d minute")
    assert plural is not None
    assert plural.id == ("%(n)d minute", "%(n)d minutes")


def test_texts_of_templates_are_found_as_django_looks_them_up() -> None:
    found = TEXTS.get("Page %(number)s of %(total)s")
    assert found is not None
    assert found.locations[0][0].startswith("templates/sessions/")


def test_words_that_mean_two_things_are_told_apart() -> None:
    assert TEXTS.get("Pitch") is not None
    assert TEXTS.get("Pitch", "kind of talk") is not None


def test_texts_inside_of_f_strings_are_found() -> None:
    assert TEXTS.get("answer kept") is not None  # f"… ({_('answer kept')})"


def test_texts_of_packages_that_are_not_ours_are_left_to_them() -> None:
    assert not [m for m in TEXTS if any("site-packages" in name for name, _ in m.locations)]
