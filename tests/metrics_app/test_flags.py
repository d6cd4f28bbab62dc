from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from itertools import product

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts_app.models import User
from metrics_app.flags import is_active
from metrics_app.known_flags import KNOWN_FLAGS, KnownFlag
from metrics_app.models import FeatureFlag
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

NAME = "parallel_ai_processing"
OTHER = "windowed_analysis"
PEOPLE = 100_000
CHI_SQUARE_99_9 = 10.828  # one degree of freedom; NIST/SEMATECH e-Handbook, 1.3.6.7.4
IN_A_PROCESS = """
import hashlib, json, sys
from decimal import Decimal
import django
django.setup()
from accounts_app.models import User
from metrics_app.models import FeatureFlag
flag = FeatureFlag(pk=1, name=sys.argv[1], percent=Decimal(sys.argv[2]))
flag._is_listed = lambda user: False  # nobody is, and this asks no database
on = [pk for pk in range(1, int(sys.argv[3]) + 1) if flag.is_active_for_user(User(pk=pk))]
print(json.dumps([len(on), hashlib.sha256(json.dumps(on).encode()).hexdigest()]))
"""


@pytest.mark.parametrize("known", KNOWN_FLAGS.values(), ids=KNOWN_FLAGS)
def test_a_flag_whose_row_is_gone_answers_its_default(known: KnownFlag) -> None:
    FeatureFlag.objects.filter(name=known.name).delete()
    assert is_active(known.name, AnonymousUser()) is known.default


def test_a_flag_nobody_knows_is_a_mistake() -> None:
    FeatureFlag.objects.create(name="paralel")
    with pytest.raises(KeyError):
        is_active("paralel", AnonymousUser())


@pytest.mark.parametrize("everyone", [True, False])
def test_a_stored_flag_answers_for_itself(everyone: bool) -> None:
    switch(NAME, everyone)
    assert is_active(NAME, AnonymousUser()) is everyone


def test_a_stored_flag_answers_for_its_users_only() -> None:
    one, other = (User.objects.create_user(f"{name}@example.org") for name in ("one", "other"))
    switch(NAME, None).users.add(one)
    assert is_active(NAME, one)
    assert not is_active(NAME, other)


def test_the_off_switch_beats_everything() -> None:
    chief = User.objects.create_superuser("chief@example.org")
    flag = switch(NAME, None, percent="99.9", superusers=True, staff=True, authenticated=True)
    flag.users.add(chief)
    assert is_active(NAME, chief)
    switch(NAME, False)
    assert not is_active(NAME, chief)


def in_a_new_process(name: str, percent: str) -> list[object]:
    """How many of the people have it, and a digest of who."""
    answer = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, name, percent, str(PEOPLE)],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "speechcoach.settings", "PYTHONHASHSEED": "random"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[object] = json.loads(answer.stdout)
    return found


def has_it(name: str, percent: str) -> list[bool]:
    flag = switch(name, None, percent=percent)
    flag.refresh_from_db()
    return [flag._is_in_percentage(User(pk=pk)) for pk in range(1, PEOPLE + 1)]


def test_a_hundred_thousand_people_are_the_same_ones_after_a_restart() -> None:
    first, second = (in_a_new_process(NAME, "25.0") for _ in range(2))
    assert first == second
    assert first[0] == sum(has_it(NAME, "25.0"))


@pytest.mark.parametrize("percent", ["1.0", "12.5", "50.0", "99.9"])
def test_a_percentage_is_met_within_half_a_point(percent: str) -> None:
    assert abs(sum(has_it(NAME, percent)) / PEOPLE * 100 - float(percent)) <= 0.5


def test_more_percent_takes_nobody_out() -> None:
    fewer, more = has_it(NAME, "10.0"), has_it(NAME, "30.0")
    assert all(after for before, after in zip(fewer, more, strict=True) if before)


def test_two_flags_are_independent_of_each_other() -> None:
    pairs = list(zip(has_it(NAME, "50.0"), has_it(OTHER, "30.0"), strict=True))
    assert chi_square(pairs) < CHI_SQUARE_99_9


def test_the_check_of_independence_sees_dependence() -> None:
    same = has_it(NAME, "50.0")
    assert chi_square(list(zip(same, same, strict=True))) > 1_000


def chi_square(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Pearson's, of the table of two answers."""
    seen = list(pairs)
    sides = (True, False)
    rows = {side: sum(a is side for a, _ in seen) for side in sides}
    columns = {side: sum(b is side for _, b in seen) for side in sides}
    expected = {(a, b): rows[a] * columns[b] / len(seen) for a, b in product(sides, sides)}
    return sum((seen.count(cell) - wanted) ** 2 / wanted for cell, wanted in expected.items())
