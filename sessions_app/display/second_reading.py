"""What the AI's second reading changed in the report of the rules, from what is stored of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from sessions_app.coaching.verdicts import counted_fillers, unreviewed
from sessions_app.display.agreement import agreement_text
from sessions_app.display.names import SCORES, name_of
from sessions_app.display.text import clock, number, quote
from sessions_app.report import Report
from sessions_app.speech.findings import Decision, Finding, FindingKind, FindingStatus
from sessions_app.speech.measures import per_minute
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import Scores, score
from sessions_app.stages.materials import filler_sounds
from sessions_app.stages.outputs import Caveat

MAX_PLACES = 6
"""Of each kind of change; the lists of findings have all of them."""

Kind = tuple[Decision, FindingStatus | None]

_FILLERS: Mapping[Kind, Promise] = {
    (Decision.REJECTED, FindingStatus.COUNTED): ngettext_lazy(
        "took away %(n)d", "took away %(n)d", "n"
    ),
    (Decision.CONFIRMED, FindingStatus.POSSIBLE): ngettext_lazy(
        "counted %(n)d possible one", "counted %(n)d possible ones", "n"
    ),
    (Decision.ADDED, None): ngettext_lazy(
        "found %(n)d that the rules had missed", "found %(n)d that the rules had missed", "n"
    ),
    (Decision.REJECTED, FindingStatus.POSSIBLE): ngettext_lazy(
        "dismissed %(n)d possible one", "dismissed %(n)d possible ones", "n"
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A changed finding by its first word; `ms` is `None` where no time is known."""

    word: int
    quote: str
    ms: int | None
    clock: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to `places`, of which `more` are not listed."""

    text: str
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A number before and after; `key` is where the page of numbers explains it. `before` is empty
    for one that is new.
    """

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SecondReading:
    """`fillers` is `None` where none was counted. `said` sums it up for those who only listen.

    `corrected` says that the speaker's corrections came on top, and no score is compared.
    """

    fillers: Moved | None
    changes: tuple[Change, ...]
    scores: tuple[Moved, ...]
    coaching: str
    reviewed: bool
    corrected: bool
    said: str

    @property
    def changed(self) -> bool:
        return bool(self.changes or self.scores)


def second_reading(
    report: Report, found: tuple[Finding, ...], target_wpm: int | None
) -> SecondReading | None:
    """`found` are the findings before any correction. `None` where no AI read the words."""
    if report.windows is None or report.windows.missing == report.windows.total:
        return None
    first = unreviewed(found)
    fillers = _counts(report, first, found)
    changes = tuple(_changes(found))
    corrected = bool(report.corrections)
    return SecondReading(
        fillers=fillers,
        changes=changes,
        scores=() if corrected else tuple(_scores(report, first, target_wpm)),
        coaching=_coaching(report),
        reviewed=report.review is not None,
        corrected=corrected,
        said=_said(fillers, changes),
    )


def _counts(report: Report, first: Sequence[Finding], found: Sequence[Finding]) -> Moved | None:
    if report.metrics is None or report.metrics.fillers_total is None:
        return None
    judged = Caveat.NO_PACK not in report.caveats
    before = number(counted_fillers(first)) if judged else ""
    return Moved("fillers-total", _("Fillers"), before, number(counted_fillers(found)))


def _changes(found: Sequence[Finding]) -> Iterator[Change]:
    """Clusters follow from their fillers, and are no change of their own."""
    reviewed = [each for each in found if each.review and each.kind in _READ]
    fillers = [each for each in reviewed if each.kind is FindingKind.FILLER]
    for kind, text in _FILLERS.items():
        if these := [each for each in fillers if _kind(each) == kind]:
            yield _change(str(text % {"n": len(these)}), these)
    if others := [each for each in reviewed if each.kind is not FindingKind.FILLER]:
        also = ngettext("found %(n)d other thing", "found %(n)d other things", len(others))
        yield _change(also % {"n": len(others)}, others)


_READ = frozenset(FindingKind) - {FindingKind.FILLER_CLUSTER}


def _kind(finding: Finding) -> Kind | None:
    return (finding.review.decision, finding.review.before) if finding.review else None


def _change(text: str, findings: Sequence[Finding]) -> Change:
    places = tuple(_place(each) for each in findings[:MAX_PLACES])
    return Change(text, places, len(findings) - len(places))


def _place(finding: Finding) -> Place:
    ms = finding.start_ms
    at = "" if ms is None else clock(ms)
    return Place(finding.start_word, quote(finding.text), ms, at)


def _scores(report: Report, first: Sequence[Finding], target_wpm: int | None) -> Iterator[Moved]:
    """Those that are not what the rules alone gave."""
    metrics, scores = report.metrics, report.scores
    if metrics is None or scores is None or metrics.formula_version != FORMULA_VERSION:
        return
    before = score(_by_rules(report, metrics, first), pace_norm(target_wpm))
    for key in SCORES:
        was, now = _value(before, key), _value(scores, key)
        if was != now and now is not None:
            said = "" if was is None else number(was)
            yield Moved(f"score-{key}", name_of(SCORES, key), said, number(now))


def _value(scores: Scores, key: str) -> int | None:
    found = getattr(scores, key)
    return found.value if found else None


def _by_rules(report: Report, metrics: Metrics, first: Sequence[Finding]) -> Metrics:
    """What scores are made of, with the fillers of the rules: a reader changes nothing else."""
    if metrics.fillers_total is None or Caveat.NO_PACK in report.caveats:
        return replace(metrics, fillers_total=None, fillers_per_minute=None)
    total = counted_fillers(first)
    sounds = filler_sounds(report.language)
    return replace(
        metrics,
        fillers_total=total,
        fillers_per_minute=per_minute(total, metrics.speaking_ms),
        filler_sounds=counted_fillers(each for each in first if each.label in sounds),
    )


def _coaching(report: Report) -> str:
    if report.agreement is None:
        return ""
    return agreement_text(report.agreement, regenerated=report.regenerated, mode=report.mode)


def _said(fillers: Moved | None, changes: Sequence[Change]) -> str:
    if not changes:
        return _("The AI’s second reading changed no finding.")
    done = _("The AI’s second reading %(changes)s.") % {
        "changes": ", ".join(change.text for change in changes)
    }
    if fillers is None or not fillers.before:
        return done
    counts = _("Fillers: before %(before)s, now %(after)s.") % {
        "before": fillers.before,
        "after": fillers.after,
    }
    return f"{done} {counts}"
