"""Django settings. Every value an operator may change is read here and listed in `.env.example`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from speechcoach.env import BASE_DIR, env, private_folder, secret_key

DATA_DIR = BASE_DIR / env.str("DATA_DIR", default="var")
SECRET_KEY = secret_key(DATA_DIR)
DEBUG = env.bool("DEBUG", default=False)

# Web
WEB_HOST = env.str("WEB_HOST", default="127.0.0.1")
WEB_PORT = env.int("WEB_PORT", default=8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = ["^metrics$", "^healthz$", "^readyz$"]  # asked from within, past the proxy
SILENCED_SYSTEM_CHECKS = [  # HSTS for what is beside this server is its owner's to decide
    "security.W005",
    "security.W021",
]
SITE_URL = env.str("SITE_URL", default="")
X_FRAME_OPTIONS = "DENY"
ROOT_URLCONF = "speechcoach.urls"
WSGI_APPLICATION = "speechcoach.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_rq",
    "speechcoach",
    "accounts_app",
    "metrics_app",
    "sessions_app",
    "waffle",  # after metrics_app, whose command of the same name keeps a history
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "speechcoach.content_policy.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "speechcoach.overload.overload",
    "speechcoach.compression.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "speechcoach.page_language.page_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASES: dict[str, Any] = {
    "default": env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"}
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA secure_delete=ON;",  # what is deleted is overwritten
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis and jobs: one queue per worker process, local drafts apart because they hold a core
REDIS_SOCKET = DATA_DIR / "redis" / "redis.sock"  # of the server that `up` starts
REDIS_IS_OURS = not env.str("REDIS_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="") or f"unix://{quote(str(REDIS_SOCKET))}"
LEASE_SECONDS = env.int("LEASE_SECONDS", default=20)
HEARTBEAT_SECONDS = env.int("HEARTBEAT_SECONDS", default=5)
RING_SECONDS = env.int("RING_SECONDS", default=10)
QUARANTINE_DEATHS = env.int("QUARANTINE_DEATHS", default=3)
RUN_DEADLINE_SECONDS = env.int("RUN_DEADLINE_SECONDS", default=25 * 60)
DRAFT_DEADLINE_SECONDS = env.int("DRAFT_DEADLINE_SECONDS", default=85 * 60)
JOB_GRACE_SECONDS = 300  # a run ends itself at its deadline; RQ kills only what does not
RQ_QUEUES: dict[str, dict[str, Any]] = {
    "default": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": RUN_DEADLINE_SECONDS + JOB_GRACE_SECONDS},
    "drafts": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": DRAFT_DEADLINE_SECONDS + JOB_GRACE_SECONDS},
    "bulk": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": RUN_DEADLINE_SECONDS + JOB_GRACE_SECONDS},
    "low": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": RUN_DEADLINE_SECONDS + JOB_GRACE_SECONDS},
}
RQ = {
    "WORKER_CLASS": "sessions_app.worker.RunWorker",
    "COMMIT_MODE": "auto",  # actions ring after their own commit and bear a Redis that is away
}

# The model: any OpenAI-compatible server; audio often has another one
OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="")
TRANSCRIPTION_API_KEY = env.str("TRANSCRIPTION_API_KEY", default="")
TRANSCRIPTION_BASE_URL = env.str("TRANSCRIPTION_BASE_URL", default="")
AI_MODEL_ANALYSIS = env.str("AI_MODEL_ANALYSIS", default="") or env.str(
    "AI_MODEL_COACH", default="gpt-5.4"
)
AI_MODEL_EXPERIMENTAL = env.str("AI_MODEL_EXPERIMENTAL", default="")  # see docs/flags.md
AI_MODEL_COACHING = env.str("AI_MODEL_COACHING", default="gpt-5.4-mini")
AI_MODEL_TRANSCRIPTION = env.str("AI_MODEL_TRANSCRIPTION", default="gpt-transcribe")
AI_MODEL_EMBEDDING = env.str("AI_MODEL_EMBEDDING", default="text-embedding-3-small")
AI_ANSWER_FORMAT = env.str("AI_ANSWER_FORMAT", default="auto")
AI_TEMPERATURE = env.str("AI_TEMPERATURE", default="")
AI_REASONING_EFFORT = env.str("AI_REASONING_EFFORT", default="")
AI_STREAMING = env.bool("AI_STREAMING", default=False)
AI_ATTEMPT_SECONDS = env.float("AI_ATTEMPT_SECONDS", default=60)
AI_REQUESTS_PER_MINUTE = env.int("AI_REQUESTS_PER_MINUTE", default=0)  # 0: no bound of ours
AI_TOKENS_PER_MINUTE = env.int("AI_TOKENS_PER_MINUTE", default=0)
AI_CONCURRENCY = env.int("AI_CONCURRENCY", default=24)
AI_USER_DAILY_USD = env.str("AI_USER_DAILY_USD", default="5")  # empty: no cap
AI_DAILY_USD = env.str("AI_DAILY_USD", default="50")
AI_PRICES = env.json("AI_PRICES", default={})
AI_ANSWER_DAYS = env.int("AI_ANSWER_DAYS", default=30)
TRANSCRIPTION_AUDIO = env.str("TRANSCRIPTION_AUDIO", default="flac")
ENABLE_PARALLEL_AI_PROCESSING = env.bool("ENABLE_PARALLEL_AI_PROCESSING", default=True)
COACHING_REGENERATION_THRESHOLD = env.float("COACHING_REGENERATION_THRESHOLD", default=0.20)
PARALLEL_SECONDS = env.float("PARALLEL_SECONDS", default=120)
REGENERATION_SECONDS = env.float("REGENERATION_SECONDS", default=60)
SEQUENTIAL_SECONDS = env.float("SEQUENTIAL_SECONDS", default=180)
MODEL_WAIT_SECONDS = env.int("MODEL_WAIT_SECONDS", default=15 * 60)
MODEL_RETRY_SECONDS = env.int("MODEL_RETRY_SECONDS", default=15)

# Metrics and alerts
METRICS_KEEP_DAYS = env.int("METRICS_KEEP_DAYS", default=90)  # then by the hour only
METRICS_OPEN_TO = env.list("METRICS_OPEN_TO", default=["127.0.0.1", "::1"])
SESSION_TARGET_SECONDS = env.float("SESSION_TARGET_SECONDS", default=30)
TARGET_SECONDS = {"session": SESSION_TARGET_SECONDS}  # by kind of run
ALERT_SECONDS = env.float("ALERT_SECONDS", default=60)
ALERT_HOURLY_USD = env.float("ALERT_HOURLY_USD", default=0.5)  # 0: nobody is told
ALERT_HOURLY_CRITICAL_USD = env.float("ALERT_HOURLY_CRITICAL_USD", default=1)
ALERT_DAILY_USD = env.float("ALERT_DAILY_USD", default=20)
ALERT_EMAILS = env.list("ALERT_EMAILS", default=[])
ALERT_WEBHOOK_URL = env.str("ALERT_WEBHOOK_URL", default="")

# Accounts
AUTH_USER_MODEL = "accounts_app.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", default=True)
ACCOUNT_ADAPTER = "accounts_app.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = env.str("EMAIL_VERIFICATION", default="none")
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_FORMS = {"add_email": "accounts_app.forms.AddEmailForm"}
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # for another address: it leads to another password
ACCOUNT_SIGNUP_REDIRECT_URL = "session_new"
LOGIN_REDIRECT_URL = "session_list"
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
EMAIL_TIMEOUT = 10  # seconds; `?timeout=` in EMAIL_URL comes before it
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="Speech Coach <speechcoach@localhost>")

# Files: in a folder, or in a bucket that several hosts share
MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET = env.str("S3_BUCKET", default="")
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="")
S3_REGION = env.str("S3_REGION", default="")
AWS_ACCESS_KEY_ID = env.str("AWS_ACCESS_KEY_ID", default="")
AWS_SECRET_ACCESS_KEY = env.str("AWS_SECRET_ACCESS_KEY", default="")
X_ACCEL_REDIRECT = env.str("X_ACCEL_REDIRECT", default="")
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "speechcoach.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL,
            "region_name": S3_REGION,
        },
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "speechcoach.static_files.HashedModules"},
}
FILE_UPLOAD_HANDLERS = ["sessions_app.uploads.NoFiles"]  # the form for recordings sets its own
FILE_UPLOAD_TEMP_DIR = private_folder(DATA_DIR / "uploads")  # to store a recording is to rename it
PARTIAL_UPLOADS_DIR = private_folder(DATA_DIR / "partial")  # what can be resumed
# To a proxy that sends recordings they are open by our group
FILE_UPLOAD_PERMISSIONS = 0o640 if X_ACCEL_REDIRECT else 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750 if X_ACCEL_REDIRECT else 0o700

# Limits on one talk and one user
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=500)
UPLOAD_KEEP_HOURS = env.int("UPLOAD_KEEP_HOURS", default=48)
TALK_MAX_MINUTES = env.int("TALK_MAX_MINUTES", default=60)
TALK_MIN_SOUND_MS = env.int("TALK_MIN_SOUND_MS", default=1000)
TRANSCRIPT_MAX_KB = env.int("TRANSCRIPT_MAX_KB", default=2000)
DATA_UPLOAD_MAX_MEMORY_SIZE = (TRANSCRIPT_MAX_KB + 512) * 1024  # the form has to see too long ones
USER_QUOTA_MB = env.int("USER_QUOTA_MB", default=10_000)
MEDIA_RETENTION_DAYS = env.int("MEDIA_RETENTION_DAYS", default=0)  # 0: recordings are kept
DECODER_MEMORY_MB = env.int("DECODER_MEMORY_MB", default=512)
DECODER_SECONDS = env.int("DECODER_SECONDS", default=300)

# Flags, read from the database each time: a switch must work in every process at once
WAFFLE_FLAG_MODEL = "metrics_app.FeatureFlag"
WAFFLE_CACHE_NAME = "flags"
WAFFLE_ENABLE_ADMIN_PAGES = False
CACHES = {
    "default": {  # limits, of all web processes together
        "BACKEND": "speechcoach.shared_cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "limits",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
    "own": {  # of one process, and for the limits while Redis is away
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that a flood of addresses washes out none
    },
    "flags": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in its own words
LOCALE_PATHS = [DATA_DIR / "locale"]  # what `locale/` holds, compiled: speechcoach.translations
FORMAT_MODULE_PATH = "speechcoach.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # At DEBUG it writes every request, with the name of the key and the signature
    "loggers": {"botocore": {"level": "INFO"}} if LOG_LEVEL == "DEBUG" else {},
}
