from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from django.utils import translation
from django.utils.translation import get_language

from sessions_app.exports.archive import Entry, below, in_language, pieces, zipped


def opened(entries: Iterator[Entry] | list[Entry]) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(BytesIO(b"".join(zipped(entries))))
    assert archive.testzip() is None
    return archive


def test_text_is_packed_and_what_is_packed_already_is_not() -> None:
    archive = opened([Entry("a.txt", "x" * 1000), Entry("b.webm", [b"x" * 1000], packed=True)])
    text, sound = archive.infolist()
    assert text.compress_size < 100
    assert sound.compress_size == 1000
    assert archive.read("a.txt") == archive.read("b.webm")


def test_each_entry_is_made_when_its_turn_comes() -> None:
    made = list[int]()

    def entries() -> Iterator[Entry]:
        for number in range(3):
            made.append(number)
            yield Entry(f"{number}.txt", "text")

    stream = zipped(entries())
    next(stream)
    assert made == [0]
    assert len(list(stream)) > 0
    assert made == [0, 1, 2]


def test_a_folder_is_put_before() -> None:
    assert opened(below("one", [Entry("a.txt", "a")])).namelist() == ["one/a.txt"]


def test_texts_are_made_in_the_language_of_who_asked() -> None:
    def entries() -> Iterator[Entry]:
        for _ in range(2):
            yield Entry("language", get_language() or "")

    with translation.override("en"):
        seen = []
        for entry in in_language("de", entries()):
            seen.append((entry.content, get_language()))
    assert seen == [("de", "en"), ("de", "en")]


def test_a_file_is_closed_at_its_end() -> None:
    file = BytesIO(b"sound")
    assert b"".join(pieces(file)) == b"sound"
    assert file.closed
