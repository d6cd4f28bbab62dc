"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from speechcoach.connection_pool import keep_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speechcoach.settings")
application = get_wsgi_application()
keep_connections()
