from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from sessions_app.speech import packs
from sessions_app.speech.findings import FindingKind, FindingStatus
from sessions_app.speech.packs import Example, LanguagePack, load_pack
from tests.sessions_app.speech.said import english, labels
from tests.sessions_app.stages.rule_runs import findings

PACKS = [
    pack
    for path in sorted(Path(packs.__file__).with_name("packs").glob("*.yaml"))
    if (pack := load_pack(path.stem)) is not None
]
NUMBERS = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|"
    r"hundred|thousand|million|twice|half|double)\b",
    re.IGNORECASE,
)


def forms(pack: LanguagePack) -> list[str]:
    entries = (*pack.lexical, *pack.ambiguous, *pack.hedges, *pack.openers, *pack.terms)
    return [*pack.not_fillers, *(form for entry in entries for form in entry.forms)]


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
    assert [text for text in texts if NUMBERS.search(text)] == []
    assert [text for text in texts if text and not text.endswith(".")] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_forms_are_spelled_the_way_they_are_looked_up(pack: LanguagePack) -> None:
    odd = [form for form in forms(pack) if form != " ".join(form.lower().replace("’", "'").split())]
    assert odd == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_no_form_belongs_to_two_fillers(pack: LanguagePack) -> None:
    entries = (*pack.lexical, *pack.ambiguous)
    spelled = [form for entry in entries for form in entry.forms] + list(pack.not_fillers)
    assert len(spelled) == len(set(spelled))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_a_pack_has_examples_of_both_kinds(pack: LanguagePack) -> None:
    blank = [e for e in pack.examples if e == Example(text=e.text)]
    assert len(blank) >= 10
    assert len(pack.examples) - len(blank) >= 20


def test_a_region_has_the_pack_of_its_language() -> None:
    assert load_pack("en-GB") == load_pack("en") == load_pack("EN")


@pytest.mark.parametrize("language", ["", "xx", "../en", "e", "🙂"])
def test_a_language_without_a_pack_has_none(language: str) -> None:
    assert load_pack(language) is None


def test_a_misspelled_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        LanguagePack.model_validate({**english().model_dump(), "lexcial": []})
