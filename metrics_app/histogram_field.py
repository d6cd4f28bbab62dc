"""Histograms as they are stored."""

from __future__ import annotations

from typing import Any

from django.db.models import BinaryField

from metrics_app.histograms import Histogram, from_bytes


class HistogramField(BinaryField):  # type: ignore[type-arg]
    def from_db_value(self, value: bytes | memoryview, *_how: Any) -> Histogram:
        return from_bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_bytes() if isinstance(value, Histogram) else value)
