"""From text to words, punctuation attached."""

from __future__ import annotations

import re

# A dash, an ellipsis or a comma between letters ends a word even without a space after it.
_GLUED = re.compile(r"(?<=[^\W\d])(—|–{1,2}|--+|…|\.{3,}|[,;!?])(?=[^\W\d])")
# Scripts without spaces: one Han character is about one word, kana go in runs of their kind.
_HAN, _HIRAGANA, _KATAKANA = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "\u3041-\u309f",
    "\u30a0-\u30ff",
)
_UNSPACED = re.compile(f"[{_HAN}{_HIRAGANA}{_KATAKANA}]")
_CJK_PIECE = re.compile(f"[{_HAN}]|[{_HIRAGANA}]+|[{_KATAKANA}]+|[^{_HAN}{_HIRAGANA}{_KATAKANA}]+")


def split_words(text: str) -> tuple[str, ...]:
    """Words in order. A piece without letter or digit joins the word before it.

    Thai, Lao, Khmer and Burmese need a dictionary to find words: their phrases stay whole.
    """
    before: list[str] = []
    words: list[list[str]] = []
    for piece in _GLUED.sub(r"\1 ", text).split():
        for part in _CJK_PIECE.findall(piece) if _UNSPACED.search(piece) else (piece,):
            if _speakable(part):
                words.append([part])
            else:
                (words[-1] if words else before).append(part)
    if words:
        words[0][:0] = before
    return tuple("".join(parts) for parts in words)


def _speakable(part: str) -> bool:
    return any(char.isalnum() for char in part) or part in {"&", "+", "%", "="}
