"""What a speaker set right, as far as staff may see it: who, when and where, but no words."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sessions_app.admin.read_only import ReadOnly
from sessions_app.models import Correction


class CorrectionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Correction
    fields = ("kind", "places", "author", "made_at", "taken_back_at")
    readonly_fields = fields
    extra = 0

    @admin.display(description=_("words by number"))
    def places(self, correction: Correction) -> str:
        """From 0, the last one included."""
        first, last = correction.start_word, correction.end_word - 1
        return str(first) if first == last else f"{first}–{last}"
