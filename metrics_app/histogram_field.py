"""Histograms as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BinaryField

from metrics_app.histograms import Histogram, from_bytes

if TYPE_CHECKING:
    _Field = BinaryField[Histogram, Histogram]
else:
    _Field = BinaryField


class HistogramField(_Field):
    def from_db_value(self, value: bytes | memoryview, *_how: Any) -> Histogram:
        return from_bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_bytes() if isinstance(value, Histogram) else value)
