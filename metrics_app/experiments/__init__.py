"""Did a flag change anything? Its variants compared, with what can be said of it and what not."""

from metrics_app.experiments.comparison import Arm, Comparison, Difference, Measure, compare
from metrics_app.experiments.doubts import Doubt
from metrics_app.experiments.intervals import Interval
from metrics_app.experiments.means import Mean
from metrics_app.experiments.verdicts import Verdict

__all__ = [
    "Arm",
    "Comparison",
    "Difference",
    "Doubt",
    "Interval",
    "Mean",
    "Measure",
    "Verdict",
    "compare",
]
