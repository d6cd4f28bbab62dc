"""What the tests take over from whoever runs them."""

from __future__ import annotations

from tests.environment import take_users_settings


def test_no_server_of_the_users_is_reached_by_a_test() -> None:
    given = {"OPENAI_API_KEY": "sk-paid", "OPENAI_ORG_ID": "ours", "AI_STREAMING": "true"}
    environ = {**given, "PATH": "/bin"}
    assert take_users_settings(environ) == given
    assert environ == {"PATH": "/bin"}


def test_the_database_given_by_the_script_stays() -> None:
    environ = {"DATABASE_URL": "postgres://x"}
    assert take_users_settings(environ) == {}
    assert environ == {"DATABASE_URL": "postgres://x"}
