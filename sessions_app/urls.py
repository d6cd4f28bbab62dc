from django.urls import path

from sessions_app.views import (
    attempts,
    corrections,
    create,
    delete,
    detail,
    export,
    icon,
    listing,
    media,
    numbers,
    runs,
)

urlpatterns = [
    path("", listing.session_list, name="session_list"),
    path("favicon.ico", icon.favicon, name="favicon"),
    path("talks/new/", create.session_new, name="session_new"),
    path("talks/<uuid:pk>/", detail.session_detail, name="session_detail"),
    path("talks/<uuid:pk>/numbers/", numbers.session_numbers, name="session_numbers"),
    path("talks/<uuid:pk>/status/", detail.session_status, name="session_status"),
    path("talks/<uuid:pk>/attempts/", attempts.session_attempts, name="session_attempts"),
    path("talks/<uuid:pk>/speaker/", create.session_speaker, name="session_speaker"),
    path("talks/<uuid:pk>/cancel/", runs.run_cancel, name="run_cancel"),
    path("talks/<uuid:pk>/retry/", runs.run_retry, name="run_retry"),
    path("talks/<uuid:pk>/reprocess/", runs.session_reprocess, name="session_reprocess"),
    path(
        "talks/<uuid:pk>/try-again-with-ai/",
        runs.run_try_again_with_ai,
        name="run_try_again_with_ai",
    ),
    path("talks/<uuid:pk>/words/<int:index>/", corrections.session_word, name="session_word"),
    path("talks/<uuid:pk>/corrections/", corrections.session_correct, name="session_correct"),
    path(
        "talks/<uuid:pk>/corrections/<int:number>/take-back/",
        corrections.correction_take_back,
        name="correction_take_back",
    ),
    path("talks/<uuid:pk>/delete/", delete.session_delete, name="session_delete"),
    path("talks/<uuid:pk>/recording/", media.session_media, name="session_media"),
    path("talks/<uuid:pk>/report.json", export.report_json, name="report_json"),
]
