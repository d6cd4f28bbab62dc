from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import django
import pytest
from pydantic import ValidationError

from sessions_app.coaching.figures import find_figures
from sessions_app.speech import packs
from sessions_app.speech.fillers import find_fillers, read
from sessions_app.speech.findings import FindingKind, FindingStatus
from sessions_app.speech.packs import Example, LanguagePack, Opener, Verdict, load_pack
from tests.sessions_app.speech.said import english, labels, said
from tests.sessions_app.stages.rule_runs import findings

PACKS = [
    pack
    for path in sorted(Path(packs.__file__).with_name("packs").glob("*.yaml"))
    if (pack := load_pack(path.stem)) is not None
]


OTHERS = [pack for pack in PACKS if pack.language != "en"]


def forms(pack: LanguagePack) -> list[str]:
    entries = (*pack.lexical, *pack.ambiguous, *pack.hedges, *pack.openers, *pack.terms)
    return [*pack.not_fillers, *(form for entry in entries for form in entry.forms)]


def fillers(example: Example, pack: LanguagePack) -> tuple[Counter[str], Counter[str]]:
    """How often each entry's forms stand in an example, and how often they are fillers there."""
    _, matches = read(said(example.text), pack)
    met = Counter(match.entry.label for match in matches if match.entry is not None)
    return met, Counter((*example.counted, *example.possible))


@pytest.mark.parametrize(
    ("pack", "example"),
    [
        pytest.param(pack, example, id=f"{pack.language}: {example.text}")
        for pack in PACKS
        for example in pack.examples
    ],
)
def test_each_example_holds(pack: LanguagePack, example: Example) -> None:
    found = findings(example.text, language=pack.language)
    got = Example(
        text=example.text,
        counted=labels(found, FindingKind.FILLER),
        possible=labels(found, FindingKind.FILLER, FindingStatus.POSSIBLE),
        hedges=labels(found, FindingKind.HEDGE),
        openers=labels(found, FindingKind.WEAK_OPENER),
        terms=labels(found, FindingKind.NON_INCLUSIVE),
        repeated=labels(found, FindingKind.REPETITION),
        restarts=labels(found, FindingKind.RESTART),
    )
    assert got == example


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_every_kind_of_finding_has_texts_without_figures(pack: LanguagePack) -> None:
    assert all(pack.advice(kind).why and pack.advice(kind).advice for kind in FindingKind)
    texts = [text for advice in pack.texts.values() for text in (advice.why, advice.advice)]
    texts += [text for term in pack.terms for text in (term.reason, term.alternative)]
    texts += [text for opener in pack.openers for text in (opener.why, opener.advice)]
    assert [text for text in texts if find_figures(text, pack.language)] == []
    assert [text for text in texts if text and not text.endswith(".")] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_forms_are_spelled_the_way_they_are_looked_up(pack: LanguagePack) -> None:
    odd = [form for form in forms(pack) if form != " ".join(form.lower().replace("’", "'").split())]
    assert odd == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(lambda pack: (*pack.lexical, *pack.ambiguous), id="fillers"),
        pytest.param(lambda pack: pack.hedges, id="hedges"),
        pytest.param(lambda pack: pack.openers, id="openers"),
        pytest.param(lambda pack: pack.terms, id="terms"),
    ],
)
def test_no_form_is_listed_twice(
    pack: LanguagePack, entries: Callable[[LanguagePack], Iterable[Opener]]
) -> None:
    spelled = Counter(form for entry in entries(pack) for form in entry.forms)
    assert [form for form, times in spelled.items() if times > 1] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_what_is_no_filler_is_not_listed_as_one(pack: LanguagePack) -> None:
    entries = (*pack.lexical, *pack.ambiguous)
    listed = {form for entry in entries for form in entry.forms}
    assert listed.isdisjoint(pack.not_fillers)
    assert len(set(pack.not_fillers)) == len(pack.not_fillers)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_a_pack_has_examples_of_both_kinds(pack: LanguagePack) -> None:
    blank = [e for e in pack.examples if e == Example(text=e.text)]
    assert len(blank) >= 10
    assert len(pack.examples) - len(blank) >= 20


@pytest.mark.parametrize("pack", OTHERS, ids=lambda pack: pack.language)
def test_every_filler_has_an_example(pack: LanguagePack) -> None:
    shown = {label for example in pack.examples for label in fillers(example, pack)[1]}
    labels = [*(entry.label for entry in pack.lexical), *(entry.label for entry in pack.ambiguous)]
    assert [label for label in labels if label not in shown] == []


@pytest.mark.parametrize("pack", OTHERS, ids=lambda pack: pack.language)
def test_every_ambiguous_word_has_an_example_in_which_it_is_no_filler(pack: LanguagePack) -> None:
    plain = {
        label
        for met, shown in (fillers(example, pack) for example in pack.examples)
        for label in met - shown
    }
    assert [entry.label for entry in pack.ambiguous if entry.label not in plain] == []


@pytest.mark.parametrize("pack", OTHERS, ids=lambda pack: pack.language)
def test_a_pack_has_every_text_the_english_one_has(pack: LanguagePack) -> None:
    labels = {entry.label for entry in pack.lexical} | {entry.label for entry in pack.ambiguous}
    own = {key for key in pack.texts if key.startswith("filler/")}
    general = {key for key in english().texts if not key.startswith("filler/")}
    assert set(pack.texts) - own == general
    assert {key.removeprefix("filler/") for key in own} <= labels
    assert set(pack.places) == set(english().places)


def prose(language: str) -> list[str]:
    """What Django says in a language: sentences that nobody hesitated over."""
    folder = Path(django.__file__).parent
    texts = set[str]()
    for path in folder.glob(f"**/locale/{language}/LC_MESSAGES/*.mo"):
        with path.open("rb") as file:
            texts.update(_said(gettext.GNUTranslations(file)))
    return sorted(text for text in texts if len(text.split()) > 3)


def _said(catalogue: gettext.GNUTranslations) -> Iterator[str]:
    """Texts without their tags; the first entry describes the catalogue."""
    for key, text in vars(catalogue)["_catalog"].items():
        if key and isinstance(text, str):
            yield re.sub(r"<[^>]*>", " ", text)


@pytest.mark.parametrize("pack", OTHERS, ids=lambda pack: pack.language)
@pytest.mark.parametrize("marked", [True, False], ids=["as printed", "bare"])
def test_plain_prose_has_no_fillers_to_count(pack: LanguagePack, marked: bool) -> None:
    texts = prose(pack.language)
    words = [said(text if marked else re.sub(r"[^\w\s'’]", "", text.lower())) for text in texts]
    found = [match for each in words for match in find_fillers(each, pack)]
    counted = [match.label for match in found if match.verdict is Verdict.COUNTED]
    total = sum(map(len, words))
    assert total > 2_000
    assert counted == []
    assert len(found) * 200 < total


def test_a_region_has_the_pack_of_its_language() -> None:
    assert load_pack("en-GB") == load_pack("en") == load_pack("EN")


@pytest.mark.parametrize("language", ["", "xx", "../en", "e", "🙂"])
def test_a_language_without_a_pack_has_none(language: str) -> None:
    assert load_pack(language) is None


def test_a_misspelled_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        LanguagePack.model_validate({**english().model_dump(), "lexcial": []})
