"""Where to look when a rule is broken, in words: they go into the notice and the history."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics_app.alerts.readings import Evidence, of_people
from metrics_app.alerts.units import Unit, written
from metrics_app.health import SERVER_FAILED
from metrics_app.measures import calls, runs
from metrics_app.models import Outcome
from metrics_app.spread import Spread
from metrics_app.windows import Scope

MOST_NAMED = 3


def nothing(evidence: Evidence) -> str:
    return ""


def slowest(evidence: Evidence, kind: str) -> str:
    """The stage and the model that took longest."""
    stages = runs.stage_durations(evidence.window, of_people(kind))
    models = calls.latency(evidence.window, Scope(kind=kind), by="model")
    said = (_slowest(_("Slowest stage"), stages), _slowest(_("Slowest model"), models))
    return " ".join(sentence for sentence in said if sentence)


def _slowest(what: str, spreads: Mapping[str, Spread]) -> str:
    known = {name: spread.p95 for name, spread in spreads.items() if spread.p95 is not None}
    if not known:
        return ""
    name = max(known, key=known.__getitem__)
    return _("%(what)s: %(name)s, 95th percentile %(time)s (%(count)d times).") % {
        "what": what,
        "name": name,
        "time": written(known[name] / 1000, Unit.SECONDS),
        "count": spreads[name].count,
    }


def failed_runs(evidence: Evidence) -> str:
    by_outcome = runs.totals(evidence.window)[""].by_outcome
    return _counted({str(Outcome(name).label): by_outcome[name] for name in sorted(by_outcome)})


def failed_calls(evidence: Evidence) -> str:
    by_outcome = calls.totals(evidence.window)[""].by_outcome
    return _counted({name: by_outcome.get(name, 0) for name in SERVER_FAILED})


def modes(evidence: Evidence) -> str:
    by_mode = runs.totals(evidence.window, by="mode")
    return _counted({mode or "–": totals.runs for mode, totals in by_mode.items()})


def dearest(evidence: Evidence) -> str:
    """The models that cost most, and how many calls have no known price."""
    by_model = calls.totals(evidence.window, by="model")
    ranked = sorted(by_model, key=lambda name: by_model[name].usd, reverse=True)[:MOST_NAMED]
    said = [f"{name}: {written(float(by_model[name].usd), Unit.USD)}" for name in ranked]
    unpriced = sum(totals.unpriced for totals in by_model.values())
    if unpriced:
        text = ngettext(
            "%d call of unknown price is not included",
            "%d calls of unknown price are not included",
            unpriced,
        )
        said.append(text % unpriced)
    return _listed(said)


def queues(evidence: Evidence) -> str:
    text = _("%(name)s: %(waiting)d waiting, workers: %(workers)d")
    return _listed(
        [
            text % {"name": state.name, "waiting": state.waiting, "workers": state.workers}
            for state in evidence.health.queues
        ]
    )


def _counted(counts: Mapping[str, int]) -> str:
    return _listed([f"{name}: {count}" for name, count in counts.items() if count])


def _listed(said: list[str]) -> str:
    return "; ".join(said) + "." if said else ""
