"""Sums and histograms of what is alike, while they are added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from metrics_app.histograms import Histogram
from metrics_app.hourly_books import Book


@dataclass(slots=True)
class Tally:
    """`sums` and `counts` (of histograms) are named as the fields of an hour."""

    sums: dict[str, Any] = field(default_factory=lambda: defaultdict(int))
    counts: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def histogram(self, name: str) -> Histogram:
        return Histogram({bucket: n for bucket, n in self.counts[name].items() if n})

    def add(self, book: Book, fields: Mapping[str, Any]) -> None:
        for name in book.sums:
            self.sums[name] += fields[name]
        for name in book.spreads:
            self.counts[name].update(fields[name].counts)

    def take(self, book: Book, fields: Mapping[str, Any]) -> None:
        """What was added before."""
        for name in book.sums:
            self.sums[name] -= fields[name]
        for name in book.spreads:
            self.counts[name].subtract(fields[name].counts)

    def fields(self, book: Book) -> dict[str, Any]:
        """Those of an hour, without its time and its keys."""
        sums = {name: self.sums[name] for name in book.sums}
        return sums | {name: self.histogram(name) for name in book.spreads}
