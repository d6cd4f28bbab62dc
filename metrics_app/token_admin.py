"""Tokens in the admin: made, shown once, and deleted; never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from metrics_app.models import ApiToken
from metrics_app.tokens import digest, new_token


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "user", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    fields = ("name", "user")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> ModelChoiceField[Any] | None:
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(
            db_field, request, **(options | {"queryset": staff, "initial": request.user.pk})
        )

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        token = new_token()
        obj.digest = digest(token)
        super().save_model(request, obj, form, change)
        shown = _("The token is %s. Copy it now: it is not shown again.") % token
        messages.warning(request, shown)
