from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/rq/", include("django_rq.urls")),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("", include("metrics_app.urls")),
    path("", include("sessions_app.urls")),
]
