"""The ground itself: other processes see what a test sees, and nobody sees the user's files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import redis
from django.conf import settings

from accounts_app.models import User

COUNT = "from accounts_app.models import User; print('users:', User.objects.count())"
RING = (
    "import django_rq; from django.conf import settings;"
    "django_rq.get_connection().set('bell', str(settings.MEDIA_ROOT))"
)


def shell(code: str, env: dict[str, str]) -> str:
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code],
        env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return answer.stdout


@pytest.mark.django_db(transaction=True)
def test_subprocess_sees_the_rows_of_the_test(live_env: dict[str, str]) -> None:
    User.objects.create_user("someone@example.com", "x")
    assert "users: 1" in shell(COUNT, live_env)


@pytest.mark.django_db(transaction=True)
def test_subprocess_shares_redis_and_files(
    live_env: dict[str, str], redis_client: redis.Redis
) -> None:
    shell(RING, live_env)
    assert redis_client.get("bell") == str(settings.MEDIA_ROOT).encode()


def test_nothing_is_kept_in_the_folder_of_the_user() -> None:
    assert settings.BASE_DIR not in Path(settings.MEDIA_ROOT).parents
