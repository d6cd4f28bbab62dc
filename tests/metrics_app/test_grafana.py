"""The dashboard in `docs/grafana/` asks for what `/metrics` says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from ai.errors import Outcome as CallOutcome
from metrics_app.models import Alert, Outcome
from tests.metrics_app.recent import a_call, a_run
from tests.metrics_app.scraped import scraped

pytestmark = pytest.mark.django_db

FILE = settings.BASE_DIR / "docs" / "grafana" / "speech-coach.json"
DASHBOARD = json.loads(FILE.read_text())
FUNCTIONS = {"sum", "rate", "increase", "histogram_quantile"}
WORDS = FUNCTIONS | {"by"}
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
VARIABLES = {"$kind": ".*"}

Matcher = tuple[str, str, str]
"""Label, operator, value."""


def queries() -> Iterator[str]:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield target["expr"]


def metrics_in(query: str) -> Iterator[tuple[str, list[Matcher]]]:
    """The metrics of a query in PromQL, each with what it asks of labels."""
    bare = re.sub(r"\bby \([^)]*\)|\[[^]]*\]", "", query)
    for name, inside in re.findall(rf"({NAME})(?:\{{([^}}]*)\}})?", _without_numbers(bare)):
        if name not in WORDS:
            yield name, re.findall(rf'({NAME})(=~|!~|!=|=)"([^"]*)"', inside)


def _without_numbers(query: str) -> str:
    return re.sub(r"(?<![\w\"])\d+(\.\d+)?", "", query)


def grouped_in(query: str) -> set[str]:
    found = re.findall(r"\bby \(([^)]*)\)", query)
    return {label.strip() for labels in found for label in labels.split(",")}


def said() -> dict[str, dict[str, set[str]]]:
    """The values of every label of every metric, of an installation that has seen everything."""
    for outcome in CallOutcome:
        a_call(outcome=outcome)
    a_call(cache_hit=True, could_hit=True)
    for run_outcome in Outcome.values:
        for mode in ("parallel", "sequential", "rule_based", ""):
            a_run(outcome=run_outcome, mode=mode)
    Alert.objects.create(rule="p95", severity="warning", opened_at=timezone.now())
    return of_samples()


def of_samples() -> dict[str, dict[str, set[str]]]:
    labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sample in scraped():
        for label, value in (sample.labels or {"": ""}).items():
            labels[sample.name][label].add(value)
    return labels


def is_met(matcher: Matcher, values: set[str]) -> bool:
    """By a part of the values: what all of them meet, or none, would be no question."""
    _, operator, wanted = matcher
    wanted = VARIABLES.get(wanted, wanted)
    if operator.endswith("~"):
        met = {value for value in values if re.fullmatch(wanted, value)}
        named = set(wanted.split("|"))
        assert wanted == ".*" or named <= values, f"{wanted}: not all of {values}"
    else:
        met = values & {wanted}
    return bool(values - met if operator.startswith("!") else met)


def test_the_extractor_finds_what_is_there() -> None:
    query = 'histogram_quantile(0.95, sum by (le, a) (rate(x_bucket{b=~"c|d",e!=""}[1h]))) / y'
    assert list(metrics_in(query)) == [
        ("x_bucket", [("b", "=~", "c|d"), ("e", "!=", "")]),
        ("y", []),
    ]
    assert grouped_in(query) == {"le", "a"}


def test_every_query_asks_for_what_there_is() -> None:
    known = said()
    for query in queries():
        asked = list(metrics_in(query))
        assert asked, query
        for name, matchers in asked:
            assert name in known, f"{name} in {query}"
            for matcher in matchers:
                assert matcher[0] in known[name], f"{matcher} of {name} in {query}"
                assert is_met(matcher, known[name][matcher[0]]), f"{matcher} of {name}"
            assert grouped_in(query) <= set(known[name]), query


def test_nothing_has_to_go_wrong_before_it_can_be_asked_for() -> None:
    """A series that begins with its first failure has no rate of it, and a ratio of it no value."""
    a_call()
    a_run()
    known = of_samples()
    for query in queries():
        for name, matchers in metrics_in(query):
            asked = [matcher for matcher in matchers if matcher[0] in ("outcome", "mode", "kind")]
            for matcher in asked:
                assert is_met(matcher, known[name][matcher[0]]), f"{matcher} of {name} in {query}"


def test_every_legend_shows_a_label_that_is_left() -> None:
    known = said()
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            ((name, _), *_rest) = metrics_in(target["expr"])
            left = grouped_in(target["expr"]) or set(known[name])
            assert shown <= left, panel["title"]


def test_variables_are_asked_for_metrics_there_are() -> None:
    known = said()
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            (found,) = re.findall(rf"label_values\(({NAME}), ({NAME})\)", variable["query"])
            assert found[1] in known[found[0]]


def test_the_data_source_is_chosen_by_whoever_imports_it() -> None:
    assert one_of(
        [panel["datasource"] for panel in DASHBOARD["panels"]]
        + [target["datasource"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    ) == {"uid": "${source}", "type": "prometheus"}
    assert DASHBOARD["templating"]["list"][0]["name"] == "source"


def one_of(equal: list[Any]) -> Any:
    assert all(each == equal[0] for each in equal)
    return equal[0]


def test_panels_lie_beside_each_other() -> None:
    places = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for box in [panel["gridPos"]]
        for x in range(box["x"], box["x"] + box["w"])
        for y in range(box["y"], box["y"] + box["h"])
    ]
    assert len(places) == len(set(places))
    assert max(x for x, _ in places) < 24
