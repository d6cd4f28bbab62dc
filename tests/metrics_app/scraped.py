"""What Prometheus reads at `/metrics`."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text
from prometheus_client.samples import Sample

OPENMETRICS = "application/openmetrics-text; version=1.0.0"


def scraped(accept: str = "") -> Iterator[Sample]:
    response = Client().get("/metrics", headers={"Accept": accept})
    assert response.status_code == 200
    is_open = response.headers["Content-Type"].startswith("application/openmetrics-text")
    assert is_open is bool(accept)
    read = read_openmetrics if is_open else read_text
    for family in read(response.content.decode()):
        yield from family.samples


def value(name: str, **labels: str) -> float:
    """The sum of the samples that have these labels among theirs."""
    found = [
        sample.value
        for sample in scraped()
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    assert found, f"no sample of {name} {labels}"
    return sum(found)
