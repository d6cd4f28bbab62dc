from __future__ import annotations

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command

from metrics_app.flag_rows import create_missing
from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.models import FeatureFlag
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_a_row_for_every_flag_with_its_default() -> None:
    rows = dict(FeatureFlag.objects.values_list("name", "everyone"))
    assert rows == {flag.name: flag.default for flag in KNOWN_FLAGS.values()}


def test_a_migration_adds_what_is_missing_and_leaves_what_staff_set() -> None:
    switch("content_review", None, percent="5.0")
    FeatureFlag.objects.filter(name="answer_cache").delete()
    call_command("migrate", "metrics_app", verbosity=0)
    kept = FeatureFlag.objects.get(name="content_review")
    assert (kept.everyone, str(kept.percent)) == (None, "5.0")
    assert FeatureFlag.objects.get(name="answer_cache").everyone is True


def test_where_the_table_is_not_there_yet_nothing_happens() -> None:
    create_missing(apps.get_app_config("metrics_app"), apps=Apps())
