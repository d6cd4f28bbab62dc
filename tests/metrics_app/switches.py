"""Flags set as staff would."""

from __future__ import annotations

from typing import Any

from metrics_app.models import FeatureFlag


def switch(name: str, everyone: bool | None, **fields: Any) -> FeatureFlag:
    FeatureFlag.objects.update_or_create(name=name, defaults={"everyone": everyone, **fields})
    return FeatureFlag.get(name)
