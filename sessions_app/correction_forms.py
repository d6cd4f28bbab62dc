"""What a person sets right in a report."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from sessions_app.display.findings import filler_place
from sessions_app.messages import refusal_text
from sessions_app.speech.corrections import CorrectionKind
from sessions_app.speech.refusals import Refusal

_KINDS = "|".join(CorrectionKind)
_WISH = re.compile(
    rf"(?P<kind>{_KINDS}):(?P<start>\d{{1,6}}):(?P<end>\d{{1,6}})(?::(?P<label>.*))?"
)


class CorrectionForm(forms.Form):
    """`correct` is `kind:start_word:end_word`, for a filler also `:label`; so one form serves a
    whole list of buttons. `text` is the word that was said. `transcript` is the key of the words
    the person saw.
    """

    correct = forms.CharField(strip=False)
    text = forms.CharField(required=False)
    transcript = forms.IntegerField()

    def clean_correct(self) -> re.Match[str]:
        match = _WISH.fullmatch(self.cleaned_data["correct"])
        if match is None:
            raise forms.ValidationError(refusal_text(Refusal.NO_SUCH_WORDS))
        return match

    def wish(self) -> dict[str, Any]:
        """What `actions.correct` takes, but for session and author. Only for a valid form."""
        asked: re.Match[str] = self.cleaned_data["correct"]
        typed: str = self.cleaned_data["text"]
        return {
            "kind": asked["kind"],
            "start_word": int(asked["start"]),
            "end_word": int(asked["end"]),
            "text": typed if asked["kind"] == CorrectionKind.WORD else asked["label"] or "",
            "transcript": self.cleaned_data["transcript"],
        }

    def place(self) -> str:
        """Where the page has the filler. Only for a valid form."""
        wish = self.wish()
        return filler_place(wish["start_word"], wish["end_word"], wish["text"])
