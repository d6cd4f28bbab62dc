"""Staff pages: every talk with the state of its runs, and what may be done about them.

Nothing is edited here, and nothing shows what was said: neither transcripts nor recordings.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sessions_app.admin.runs import SessionRunAdmin
from sessions_app.admin.sessions import PracticeSessionAdmin

__all__ = ["PracticeSessionAdmin", "SessionRunAdmin"]

admin.site.site_header = _("Speech Coach")
admin.site.site_title = _("Speech Coach")
