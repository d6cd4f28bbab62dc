from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpRequest
from django.test import RequestFactory
from waffle import flag_is_active, get_waffle_flag_model

from accounts_app.models import User
from metrics_app.buckets import bucket
from metrics_app.models import FeatureFlag

pytestmark = pytest.mark.django_db

NAME = "some_flag"
ANSWERS = """
import json
from accounts_app.models import User
from metrics_app.models import FeatureFlag
flag = FeatureFlag.get("some_flag")
print(json.dumps({u.pk: flag.is_active_for_user(u) for u in User.objects.all()}))
"""


def user(**fields: Any) -> User:
    number = User.objects.count()
    return User.objects.create_user(f"speaker{number}@example.org", **fields)


def stored(**fields: Any) -> FeatureFlag:
    flag = FeatureFlag(name=NAME, **fields)
    flag.save()
    return flag


def request_of(person: User | AnonymousUser, **query: str) -> HttpRequest:
    request = RequestFactory().get("/", query)
    request.user = person
    return request


def answer(person: User | AnonymousUser) -> bool:
    """The flag's answer, asked in every way there is."""
    flag = FeatureFlag.get(NAME)
    by_user, by_request = flag.is_active_for_user(person), flag.is_active(request_of(person))
    assert by_user is by_request
    assert flag_is_active(request_of(person), NAME) is by_user
    return by_user


def some_user_in_bucket_below(permille: int) -> User:
    return next(u for u in iter(user, None) if bucket(NAME, u.pk) < permille)


def some_user_in_bucket_from(permille: int) -> User:
    return next(u for u in iter(user, None) if bucket(NAME, u.pk) >= permille)


def test_waffle_uses_this_model() -> None:
    assert get_waffle_flag_model() is FeatureFlag


def test_a_flag_nobody_stored_is_off() -> None:
    assert not answer(user())
    assert not FeatureFlag.objects.filter(name=NAME).exists()


def test_a_flag_without_any_setting_is_off_even_for_superusers() -> None:
    stored()
    assert not answer(user(is_staff=True, is_superuser=True))


def test_the_off_switch_beats_everything() -> None:
    person = user(is_staff=True, is_superuser=True)
    group = Group.objects.create(name="pilots")
    person.groups.add(group)
    flag = stored(
        everyone=False,
        percent="99.9",
        superusers=True,
        staff=True,
        authenticated=True,
        languages="en",
        testing=True,
    )
    flag.users.add(person)
    flag.groups.add(group)
    assert not answer(person)


def test_the_on_switch_is_on_for_all_also_without_an_account() -> None:
    stored(everyone=True, percent="0.0")
    assert answer(user())
    assert answer(AnonymousUser())


def test_listed_users_are_in_whatever_the_percentage() -> None:
    listed, other = user(), user()
    stored(percent="0.0").users.add(listed)
    assert answer(listed)
    assert not answer(other)


def test_members_of_listed_groups_are_in_whatever_the_percentage() -> None:
    member, other = user(), user()
    group = Group.objects.create(name="pilots")
    member.groups.add(group)
    stored(percent="0.0").groups.add(group)
    assert answer(member)
    assert not answer(other)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("superusers", {"is_superuser": True}),
        ("staff", {"is_staff": True}),
        ("authenticated", {}),
    ],
)
def test_ticked_kinds_of_users_count_as_groups(field: str, fields: dict[str, bool]) -> None:
    person = user(**fields)
    stored(**{field: True})
    assert answer(person)
    assert not answer(AnonymousUser())


def test_the_percentage_divides_users_by_their_bucket() -> None:
    stored(percent="30.0")
    assert answer(some_user_in_bucket_below(300))
    assert not answer(some_user_in_bucket_from(300))


def test_the_edge_of_the_percentage_is_exact() -> None:
    person = some_user_in_bucket_from(1)
    place = bucket(NAME, person.pk)
    flag = stored(percent=f"{place / 10:.1f}")
    assert not answer(person)
    flag.percent = Decimal(place + 1) / 10
    flag.save()
    assert answer(person)


def test_nobody_without_an_account_is_in_a_percentage() -> None:
    stored(percent="99.9")
    assert not answer(AnonymousUser())


def test_cookies_queries_and_languages_change_nothing() -> None:
    person = some_user_in_bucket_from(300)
    stored(percent="30.0", testing=True, languages="en")
    request = request_of(person, **{NAME: "1", f"dwft_{NAME}": "1"})
    request.COOKIES.update({f"dwf_{NAME}": "True", f"dwft_{NAME}": "True"})
    request.LANGUAGE_CODE = "en"
    assert not FeatureFlag.get(NAME).is_active(request)


def test_a_switch_made_elsewhere_is_seen_at_once() -> None:
    person = user()
    stored(everyone=True)
    assert answer(person)
    FeatureFlag.objects.filter(name=NAME).update(everyone=False)  # as another process would
    assert not answer(person)


@pytest.mark.django_db(transaction=True)
def test_another_process_gives_every_user_the_same_answer(live_env: dict[str, str]) -> None:
    people = [user() for _ in range(40)]
    flag = stored(percent="40.0")
    flag.users.add(people[0])
    shell = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", ANSWERS]
    there = subprocess.run(
        shell, cwd=settings.BASE_DIR, env=live_env, stdout=subprocess.PIPE, text=True, check=True
    )
    assert json.loads(there.stdout) == {str(person.pk): answer(person) for person in people}
