"""Order statistics. NumPy's own import more modules on first use, which the confined child
is no longer able to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def quantile(values: Floats, share: float) -> float:
    """The nearest rank: `share` 0 is the smallest value, 1 the largest. `values` is not empty."""
    rank = round(share * (values.size - 1))
    return float(np.partition(values, rank)[rank])


def known_medians(rows: Floats) -> Floats:
    """The (lower) median of every row's values that are not NaN; NaN for a row without any."""
    ordered = np.sort(rows, axis=1)  # NaN last
    counts = np.isfinite(ordered).sum(axis=1)
    medians: Floats = ordered[np.arange(len(rows)), np.maximum(counts - 1, 0) // 2]
    return medians
