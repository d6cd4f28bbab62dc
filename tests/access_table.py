"""Who gets what answer at every address of the project, the admin apart.

Data for `tests/test_access_matrix.py`, which fails for an address that is not in `TABLE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal


class Who(StrEnum):
    NOBODY = "nobody"
    """Not signed in."""
    OWNER = "owner"
    """Of the talk and of the upload."""
    OTHER = "other"
    """An account like the owner's."""
    STAFF = "staff"
    """Without any permission beside being staff."""
    CHIEF = "chief"
    """An administrator: staff with all permissions."""
    PROGRAM = "program"
    """With a token of staff, and no cookie."""
    STRANGE_PROGRAM = "strange program"
    """With a token of somebody who is no staff."""


Answer = int | Literal["sign in"]
"""A status, or a redirect to the page that asks who one is."""

Answers = Mapping[Who, Answer]
Access = Mapping[str, Answers]
"""By method."""

SIGN_IN: Final = "sign in"
SPEAKERS: Final = (Who.OWNER, Who.OTHER)
EMPLOYEES: Final = (Who.STAFF, Who.CHIEF)
PROGRAMS: Final = (Who.PROGRAM, Who.STRANGE_PROGRAM)
WITHOUT_COOKIE: Final = (Who.NOBODY, *PROGRAMS)
NOT_TAKEN: Final = 405


def of_owner(get: int = NOT_TAKEN, post: int = NOT_TAKEN) -> Access:
    """A talk: for everybody else, staff included, it does not exist."""

    def answers(answer: int) -> Answers:
        hidden = NOT_TAKEN if answer == NOT_TAKEN else 404
        strangers = dict.fromkeys((Who.OTHER, *EMPLOYEES), hidden)
        return {**dict.fromkeys(WITHOUT_COOKIE, SIGN_IN), **strangers, Who.OWNER: answer}

    return {"GET": answers(get), "POST": answers(post)}


def of_account(get: int = NOT_TAKEN, post: int = NOT_TAKEN) -> Access:
    """Each sees their own."""

    def answers(answer: int) -> Answers:
        signed_in = dict.fromkeys((*SPEAKERS, *EMPLOYEES), answer)
        return {**dict.fromkeys(WITHOUT_COOKIE, SIGN_IN), **signed_in}

    return {"GET": answers(get), "POST": answers(post)}


def of_staff() -> Access:
    """Pages that are only read."""

    def answers(answer: int) -> Answers:
        known = {**dict.fromkeys(SPEAKERS, 403), **dict.fromkeys(EMPLOYEES, answer)}
        return {**dict.fromkeys(WITHOUT_COOKIE, SIGN_IN), **known}

    return {"GET": answers(200), "POST": answers(NOT_TAKEN)}


def of_programs() -> Access:
    """Figures, for staff and for programs with a token of theirs."""
    permitted = dict.fromkeys((*EMPLOYEES, Who.PROGRAM), 200)
    refused = {Who.NOBODY: 401, **dict.fromkeys((*SPEAKERS, Who.STRANGE_PROGRAM), 403)}
    return {"GET": {**permitted, **refused}, "POST": dict.fromkeys(Who, NOT_TAKEN)}


def of_scrapers() -> Access:
    """As above, in the words of Prometheus."""
    permitted = dict.fromkeys((*EMPLOYEES, Who.PROGRAM), 200)
    refused = dict.fromkeys((Who.NOBODY, *SPEAKERS, Who.STRANGE_PROGRAM), 401)
    return {"GET": {**permitted, **refused}, "POST": dict.fromkeys(Who, NOT_TAKEN)}


def open_to_all(get: int = NOT_TAKEN, post: int = NOT_TAKEN) -> Access:
    return {"GET": dict.fromkeys(Who, get), "POST": dict.fromkeys(Who, post)}


def entrance(get: Answer = 200, post: Answer = 200) -> Access:
    """Who is in is led on."""

    def answers(answer: Answer) -> Answers:
        inside = dict.fromkeys((*SPEAKERS, *EMPLOYEES), 302)
        return {**dict.fromkeys(WITHOUT_COOKIE, answer), **inside}

    return {"GET": answers(get), "POST": answers(post)}


def _tus(owner: int, others: int) -> Answers:
    known = {Who.OWNER: owner, **dict.fromkeys((Who.OTHER, *EMPLOYEES), others)}
    return {**dict.fromkeys(WITHOUT_COOKIE, 401), **known}


TABLE: Final[Mapping[str, Access]] = {
    # the talk
    "session_detail": of_owner(200),
    "session_status": of_owner(200),
    "session_numbers": of_owner(200),
    "session_attempts": of_owner(302),
    "session_speaker": of_owner(302, 302),
    "session_word": of_owner(200, 422),
    "session_correct": of_owner(post=302),
    "correction_take_back": of_owner(post=302),
    "run_cancel": of_owner(post=302),
    "run_retry": of_owner(post=302),
    "run_try_again_with_ai": of_owner(post=302),
    "session_reprocess": of_owner(post=302),
    "session_media": of_owner(200),
    "recording_delete": of_owner(200, 302),
    "session_delete": of_owner(200, 302),
    "session_export": of_owner(200),
    "session_zip": of_owner(200),
    "report_json": of_owner(200),
    "report_markdown": of_owner(200),
    "findings_csv": of_owner(200),
    "words_csv": of_owner(200),
    "words_srt": of_owner(200),
    "words_vtt": of_owner(200),
    # what comes in
    "uploads": {"GET": _tus(405, 405), "POST": _tus(400, 400)},
    "upload": {
        "GET": _tus(405, 405),
        "POST": _tus(405, 405),
        "HEAD": _tus(200, 404),
        "PATCH": _tus(415, 404),
        "DELETE": _tus(204, 404),
    },
    # one's own
    "session_list": of_account(200),
    "session_new": of_account(200, 422),
    "progress": of_account(200),
    "account": of_account(200, 302),
    "account_export": of_account(200),
    "account_delete": of_account(200, 422),
    "account_change_password": of_account(200, 200),
    "account_set_password": of_account(302, 302),
    "account_email": of_account(200, 302),
    "account_reauthenticate": of_account(200, 200),
    # the entrance
    "account_login": entrance(),
    "account_signup": entrance(),
    "account_logout": {
        **open_to_all(302, 302),
        "GET": {**dict.fromkeys(Who, 200), **dict.fromkeys(WITHOUT_COOKIE, 302)},
    },
    "account_reset_password": open_to_all(200, 200),
    "account_reset_password_done": open_to_all(200),
    "account_reset_password_from_key": open_to_all(200, 200),
    "account_reset_password_from_key_done": open_to_all(200),
    "account_confirm_email": open_to_all(200, 404),
    "account_email_verification_sent": open_to_all(200),
    "account_confirm_login_code": entrance(SIGN_IN, SIGN_IN),
    "account_inactive": open_to_all(200),
    "set_language": open_to_all(302, 302),
    "favicon": open_to_all(302),
    # staff and programs
    "dashboard": of_staff(),
    "dashboard_speed": of_staff(),
    "dashboard_advice": of_staff(),
    "dashboard_trends": of_staff(),
    "experiments": of_staff(),
    "metrics_api:api_dashboard": of_programs(),
    "metrics_api:api_performance": of_programs(),
    "metrics_api:api_costs": of_programs(),
    "metrics_api:api_quality": of_programs(),
    "metrics_api:api_cache": of_programs(),
    "metrics_api:api_health": of_programs(),
    "metrics_api:openapi-json": open_to_all(200, 200),  # Ninja answers any method
    "metrics_api:api-root": open_to_all(404, 404),
    "prometheus": of_scrapers(),
    "healthz": open_to_all(200),
    "readyz": open_to_all(503),
}
