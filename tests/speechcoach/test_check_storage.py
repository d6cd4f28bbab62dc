from __future__ import annotations

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.bucket_server import BucketServer


def check() -> str:
    out = StringIO()
    call_command("check_storage", stdout=out)
    return out.getvalue()


def test_a_folder_that_works_is_said_to_and_left_as_it_was() -> None:
    said = check()
    assert "Everything works." in said
    assert not any("check-" in folder for folder in default_storage.listdir("sessions")[0])


def test_a_bucket_too(bucket: BucketServer) -> None:
    assert all(word in check() for word in ("stored", "read", "listed", "removed"))
    assert bucket.names() == set()


@pytest.mark.usefixtures("bucket_away")
def test_one_that_does_not_answer_is_said_to() -> None:
    with pytest.raises(CommandError, match="Could not be stored: no bucket"):
        check()
