"""The WSGI application that granian serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from speechcoach.connection_pool import keep_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speechcoach.settings")
application = get_wsgi_application()
keep_connections()
import_module(settings.ROOT_URLCONF)  # with every view: else the first page would wait for them

# What is loaded by now stays; pages would wait while all of it is looked through for garbage.
gc.collect()
gc.freeze()
