"""What a flag is set to, in words, so that its history says what was changed from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metrics_app.models import FeatureFlag

HONOURED = ("everyone", "percent", "superusers", "staff", "authenticated", "note")
NOTHING = "–"

Settings = Mapping[str, str]
"""By the name that staff read, such as "Everyone"."""

Message = list[dict[str, dict[str, list[str]]]]
"""As Django's history keeps it."""


def settings_of(flag: FeatureFlag) -> Settings:
    """As stored, users and groups too; what was only set on `flag` and not saved is not seen."""
    stored = FeatureFlag.objects.get(pk=flag.pk)
    words = {field: _in_words(getattr(stored, field)) for field in HONOURED}
    words["users"] = _listed(stored.users.values_list("pk", flat=True))
    words["groups"] = _listed(stored.groups.values_list("name", flat=True))
    return {_name(field): text for field, text in words.items()}


def message(before: Settings, after: Settings) -> Message:
    """Each setting that differs, such as "Everyone: yes → no"; empty where none does."""
    changed = [
        f"{name}: {before[name]} → {text}" for name, text in after.items() if before[name] != text
    ]
    return [{"changed": {"fields": changed}}] if changed else []


def _name(field: str) -> str:
    return capfirst(str(FeatureFlag._meta.get_field(field).verbose_name))  # type: ignore[union-attr]


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in (None, "") else NOTHING


def _listed(names: Iterable[object]) -> str:
    """Users by number: a history outlives accounts, and must not keep addresses of those gone."""
    return ", ".join(str(name) for name in sorted(names, key=str)) or NOTHING
