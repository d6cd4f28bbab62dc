from __future__ import annotations

import pytest
from django.test import RequestFactory

from sessions_app.views.addresses import tidy


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/", "/"),
        ("/?q=&kind=", "/"),
        ("/?q=bees&kind=&page=2", "/?q=bees&page=2"),
        ("/progress/?since=&last=10", "/progress/?last=10"),
        ("/?q=%C3%BCber+%26", "/?q=%C3%BCber+%26"),
    ],
)
def test_empty_filters_are_left_out(rf: RequestFactory, asked: str, kept: str) -> None:
    assert tidy(rf.get(asked)) == kept
