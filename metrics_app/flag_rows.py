"""A row for every known flag, so that staff find it in the admin before they need it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as apps_of_now
from django.db import DEFAULT_DB_ALIAS

from metrics_app.known_flags import KNOWN_FLAGS


def create_missing(
    sender: AppConfig, *, using: str = DEFAULT_DB_ALIAS, apps: Apps = apps_of_now, **kwargs: Any
) -> None:
    """After a migration. What is there stays as it is; before the table is, there is nothing."""
    try:
        model = apps.get_model("metrics_app", "FeatureFlag")
    except LookupError:
        return
    rows = [model(name=flag.name, everyone=flag.default) for flag in KNOWN_FLAGS.values()]
    model._default_manager.using(using).bulk_create(rows, ignore_conflicts=True)
