"""Feature flags, changed here by staff."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from waffle.admin import FlagAdmin

from metrics_app.flag_history import Message, Settings, message, settings_of
from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.models import FeatureFlag


class FlagForm(ModelForm):  # type: ignore[type-arg]
    """`before` is what was stored when the form came back."""

    before: Settings


@admin.register(FeatureFlag)
class FeatureFlagAdmin(FlagAdmin):
    """Shows only the fields that `FeatureFlag` honours. Flags come with the code that asks them:
    none is added here, and only one that is asked no more can be deleted.
    """

    form = FlagForm
    actions = ["switch_on", "switch_off"]  # noqa: RUF012 -- waffle declares it so
    list_display = (
        "name",
        "purpose",
        "everyone",
        "percent",
        "superusers",
        "staff",
        "authenticated",
        "modified",
    )
    ordering = ("name",)
    filter_horizontal = ("groups",)
    readonly_fields = ("name", "purpose", "created", "modified")
    fields: ClassVar = [
        "name",
        "purpose",
        "everyone",
        "users",
        "groups",
        "superusers",
        "staff",
        "authenticated",
        "percent",
        "note",
        "created",
        "modified",
    ]

    @admin.display(description=_("what it is for"))
    def purpose(self, flag: FeatureFlag) -> str | Promise:
        known = KNOWN_FLAGS.get(flag.name)
        if known is None:
            return _("Nothing asks this flag any more.")
        if known.has_effect:
            return known.purpose
        idle = _("It does nothing while %(setting)s is empty.") % {"setting": known.setting}
        return f"{known.purpose} {idle}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        forgotten = obj is not None and obj.name not in KNOWN_FLAGS
        return forgotten and bool(super().has_delete_permission(request, obj))

    def save_model(
        self, request: HttpRequest, obj: FeatureFlag, form: FlagForm, change: bool
    ) -> None:
        """What was not changed keeps the date of its last change."""
        form.before = settings_of(obj)
        if form.has_changed():
            super().save_model(request, obj, form, change)

    def construct_change_message(
        self, request: HttpRequest, form: Form, formsets: object, add: bool = False
    ) -> Message:
        assert isinstance(form, FlagForm)
        return message(form.before, settings_of(form.instance))

    def log_change(  # type: ignore[override]  # nobody looks at what it returns
        self, request: HttpRequest, obj: FeatureFlag, message: Message
    ) -> LogEntry | None:
        """No entry where nothing was changed: who compares variants takes each for a change."""
        return super().log_change(request, obj, message) if message else None

    @admin.action(description=_("Switch on for everyone"), permissions=("change",))
    def switch_on(self, request: HttpRequest, flags: QuerySet[FeatureFlag]) -> None:
        self._switch(request, flags, to=True)

    @admin.action(description=_("Switch off for everyone"), permissions=("change",))
    def switch_off(self, request: HttpRequest, flags: QuerySet[FeatureFlag]) -> None:
        self._switch(request, flags, to=False)

    def _switch(self, request: HttpRequest, flags: QuerySet[FeatureFlag], *, to: bool) -> None:
        for flag in flags.exclude(everyone=to):
            before = settings_of(flag)
            flag.everyone = to
            flag.save()
            self.log_change(request, flag, message(before, settings_of(flag)))
