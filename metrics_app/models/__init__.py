"""What is measured, known to every system by id and kind only."""

from metrics_app.models.alerts import Alert, AlertDelivery, AlertState, Notice, Severity
from metrics_app.models.books import EVERYBODY, NOBODY, KeptAnswer, Spending
from metrics_app.models.calls import Call
from metrics_app.models.corrections import CorrectionEvent
from metrics_app.models.feature_flags import FeatureFlag
from metrics_app.models.rollups import (
    HourlyCalls,
    HourlyRuns,
    HourlyStages,
    LateRow,
    TotalCalls,
    TotalRuns,
)
from metrics_app.models.runs import Outcome, Run, StageTiming
from metrics_app.models.tokens import ApiToken

__all__ = [
    "EVERYBODY",
    "NOBODY",
    "Alert",
    "AlertDelivery",
    "AlertState",
    "ApiToken",
    "Call",
    "CorrectionEvent",
    "FeatureFlag",
    "HourlyCalls",
    "HourlyRuns",
    "HourlyStages",
    "KeptAnswer",
    "LateRow",
    "Notice",
    "Outcome",
    "Run",
    "Severity",
    "Spending",
    "StageTiming",
    "TotalCalls",
    "TotalRuns",
]
