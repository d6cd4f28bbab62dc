"""What is kept of a person beside their talks, as JSON that is written while it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder

from accounts_app.models import User
from metrics_app import queries as books
from sessions_app import holdings


def account_json(owner: User) -> Iterator[bytes]:
    """Lists are read from the database while they are written: a person may have many calls."""
    parts: dict[str, Mapping[str, Any] | Iterable[Mapping[str, Any]]] = {
        "account": _account(owner),
        "talks": holdings.talk_facts(owner),
        "corrections": holdings.correction_facts(owner),
        "unfinished_uploads": holdings.upload_facts(owner),
        "runs": books.runs_of_owner(owner.pk),
        "model_calls": books.calls_of_owner(owner.pk),
        "spending_usd_by_day": books.spending_of_owner(owner.pk),
        "kept_answers": books.answers_of_owner(owner.pk),
    }
    for number, (name, part) in enumerate(parts.items()):
        yield f"{',' if number else '{'}\n {json.dumps(name)}: ".encode()
        yield from [_dumped(part)] if isinstance(part, Mapping) else _listed(part)
    yield b"\n}\n"


def _account(owner: User) -> dict[str, Any]:
    return {
        "email": owner.email,
        "email_addresses": _addresses(owner),
        "first_name": owner.first_name,
        "last_name": owner.last_name,
        "date_joined": owner.date_joined,
        "last_login": owner.last_login,
        "language": owner.language,
        "mail_when_done": owner.mail_when_done,
        "media_retention_days": owner.media_retention_days,
    }


def _addresses(owner: User) -> list[str]:
    addresses = EmailAddress.objects.filter(user=owner).order_by("pk")
    return list(addresses.values_list("email", flat=True))


def _listed(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    yield b"["
    for number, row in enumerate(rows):
        yield (b",\n  " if number else b"\n  ") + _dumped(row)
    yield b"]"


def _dumped(part: Mapping[str, Any]) -> bytes:
    return json.dumps(part, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
