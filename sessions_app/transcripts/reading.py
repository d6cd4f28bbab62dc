"""From the bytes of an uploaded transcript to text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import PurePath

from charset_normalizer import from_bytes

from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts.cues import TIME_LINE

# The marks that say which encoding follows; UTF-32 first, because its mark begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Documents that people take for text: zip (docx, odt, pages), pdf, rtf, old Office.
_DOCUMENTS = (b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
_WESTERN = "cp1252"
# More unprintable characters than this share mean that the bytes were no text.
_MAX_CONTROL_SHARE = 0.01
# Marks above and below one letter, as in Unicode's "Stream-Safe Text Format" (UAX #15).
_MAX_MARKS = 30


def decode_transcript(data: bytes, filename: str) -> tuple[str, str]:
    """Text and format ("txt", "srt" or "vtt") of an uploaded or pasted transcript.

    The content decides about the format, the name only where the content says nothing.
    Raises InputProblem: TRANSCRIPT_EMPTY, TRANSCRIPT_UNREADABLE.
    """
    if data.startswith(_DOCUMENTS):
        raise InputProblem(Problem.TRANSCRIPT_UNREADABLE, "a document, not a text file")
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_piled_marks(text)
    text = unicodedata.normalize("NFC", text)
    if not any(char.isalnum() for char in text):
        raise InputProblem(Problem.TRANSCRIPT_EMPTY, f"{len(data)} bytes without a word")
    return text, _format_of(text, filename)


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(data)
    # Plain UTF-16 without a mark is valid UTF-8 with a zero beside every Latin letter.
    if "\0" in text:
        text = _strict(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    _refuse_binary(text)
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputProblem(Problem.TRANSCRIPT_UNREADABLE, f"broken {encoding}") from error
    _refuse_binary(text)
    return text


def _guess(data: bytes) -> str:
    """Western text is tried first unless its result looks like another script's letters."""
    best = from_bytes(data).best()
    western = _western(data)
    if western is not None and (best is None or _mostly_latin(western)):
        return western
    if best is None:
        raise InputProblem(Problem.TRANSCRIPT_UNREADABLE, "no encoding fits")
    return str(best)


def _western(data: bytes) -> str | None:
    try:
        return data.decode(_WESTERN)
    except UnicodeDecodeError:
        return None


def _mostly_latin(text: str) -> bool:
    """In Western languages at least three letters of four are plain ASCII."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isascii() for char in letters) >= 0.75 * len(letters)


def _refuse_piled_marks(text: str) -> None:
    """Putting marks in order takes the square of their number."""
    piled = 0
    for char in "" if text.isascii() else text:
        piled = piled + 1 if unicodedata.combining(char) else 0
        if piled > _MAX_MARKS:
            raise InputProblem(
                Problem.TRANSCRIPT_UNREADABLE, f"over {_MAX_MARKS} marks on a letter"
            )


def _refuse_binary(text: str) -> None:
    """A NUL is never written by hand, and databases do not take it."""
    control = sum(unicodedata.category(char) in {"Cc", "Cn", "Co"} for char in text)
    allowed = text.count("\n") + text.count("\r") + text.count("\t") + text.count("\f")
    if "\0" in text or control - allowed > _MAX_CONTROL_SHARE * len(text):
        raise InputProblem(Problem.TRANSCRIPT_UNREADABLE, "unprintable characters")


def _format_of(text: str, filename: str) -> str:
    if text.lstrip("\ufeff \n\t").startswith("WEBVTT"):
        return "vtt"
    time_line = re.search(TIME_LINE, text)
    if time_line is None:
        return "txt"
    named = PurePath(filename).suffix.lower().lstrip(".")
    return named if named in {"srt", "vtt"} else "srt"
