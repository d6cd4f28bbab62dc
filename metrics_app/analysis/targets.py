"""What the figures are held against."""

from __future__ import annotations

from typing import Final

ERRORS: Final = 0.05
"""Share of runs; more is an alert."""

PARALLEL: Final = 0.99
"""Share of the runs meant for parallel processing that kept to it."""

FEWEST_REGENERATED: Final = 0.15
MOST_REGENERATED: Final = 0.25
"""Share of the checked reports whose coaching was regenerated: less, and the check lets too much
pass; more, and rules and model disagree too often."""

HITS: Final = 0.60
"""Share of the repeated questions that were answered from the cache."""

TAIL: Final = 1.5
"""Times the target of a run: where 95 % of them should be done, and beyond is an alert."""

SAMPLE: Final = 20
"""Runs, or questions, from which a figure is held against anything."""
