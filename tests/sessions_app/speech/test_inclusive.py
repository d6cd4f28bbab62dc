from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.inclusive import inclusive_findings
from tests.sessions_app.speech.said import english, notes, said


def test_a_term_comes_with_its_reason_and_alternative() -> None:
    words = said("The Chairmen spoke.")
    (finding,) = inclusive_findings(atomise(words), english(), notes(words))
    term = next(term for term in english().terms if term.term == "chairman")
    assert (finding.label, finding.text) == ("chairman", "Chairmen")
    assert (finding.why, finding.advice) == (term.reason, term.alternative)


def test_a_fixed_expression_is_spared() -> None:
    words = said("a lame duck and the bad guys, man made")
    found = inclusive_findings(atomise(words), english(), notes(words))
    assert [finding.label for finding in found] == ["man-made"]
