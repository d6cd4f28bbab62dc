from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief@example.org"))
    return client


def test_an_account_is_added_by_address_and_password(chief: Client) -> None:
    password = "correct horse battery"
    form = {
        "email": "ana@example.org",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    assert chief.post(reverse("admin:accounts_app_user_add"), form).status_code == 302
    assert User.objects.get(email="ana@example.org").check_password(password)


def test_accounts_are_found_by_a_part_of_their_address(chief: Client) -> None:
    User.objects.create_user("ana@example.org")
    User.objects.create_user("ben@example.org")
    page = chief.get(reverse("admin:accounts_app_user_changelist"), {"q": "ana"}).content.decode()
    assert "ana@example.org" in page
    assert "ben@example.org" not in page


def test_an_account_can_be_closed(chief: Client) -> None:
    ana = User.objects.create_user("ana@example.org")
    url = reverse("admin:accounts_app_user_change", args=[ana.pk])
    assert "ana@example.org" in chief.get(url).content.decode()
    assert chief.post(url, {"email": ana.email}).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_active


def test_members_without_staff_rights_see_no_accounts(client: Client) -> None:
    client.force_login(User.objects.create_user("ana@example.org"))
    assert client.get(reverse("admin:accounts_app_user_changelist")).status_code == 302


def test_nobody_is_deleted_here(chief: Client) -> None:
    ana = User.objects.create_user("ana@example.org")
    url = reverse("admin:accounts_app_user_delete", args=[ana.pk])
    assert chief.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ana.pk).exists()


def test_staff_enter_by_the_page_of_everybody_which_counts_attempts(client: Client) -> None:
    User.objects.create_superuser("chief@example.org", "correct horse battery")
    asked = client.get(reverse("admin:index"), follow=True)
    assert asked.request["PATH_INFO"] == reverse("account_login")
    form = {"login": "chief@example.org", "password": "correct horse battery"}
    shown = client.post(asked.redirect_chain[-1][0], form, follow=True)
    assert (shown.status_code, shown.request["PATH_INFO"]) == (200, reverse("admin:index"))


def test_no_password_is_taken_by_the_admin_itself(client: Client) -> None:
    User.objects.create_superuser("chief@example.org", "correct horse battery")
    form = {"username": "chief@example.org", "password": "correct horse battery"}
    response = client.post(reverse("admin:login"), form)
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_who_is_no_staff_is_told_so_and_not_sent_in_circles(client: Client) -> None:
    client.force_login(User.objects.create_user("ana@example.org"))
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
