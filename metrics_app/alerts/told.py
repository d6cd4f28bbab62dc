"""What has to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from metrics_app.models import Notice, Severity


@dataclass(frozen=True, slots=True)
class Told:
    """One notice about one alert, for all channels. `finding` has the value with its threshold and
    sample; `figures` says where to look. `alert_id` is `None` where no database can keep it.
    `unseen`: it is over because there is nothing left to measure.
    """

    alert_id: int | None
    notice: Notice
    severity: Severity
    rule: str
    title: str
    finding: str
    figures: str
    opened_at: datetime
    at: datetime
    unseen: bool = False
