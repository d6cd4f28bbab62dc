"""What a second reader decided, kept when the rules read again because words were edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sessions_app.coaching.missing import overlapping
from sessions_app.speech.findings import Finding, FindingKind

Key = tuple[FindingKind, str, int, int]


def kept_decisions(
    read: Sequence[Finding], found: Sequence[Finding], edited: Collection[int]
) -> list[Finding]:
    """`found` by the rules on edited words, with what was decided about them in `read`, and what
    was added there, wherever none of the words is one of the `edited`.
    """
    untouched = [each for each in read if each.review and _is_untouched(each, edited)]
    decided = {_key(each): each for each in untouched}
    kept = [_decided(finding, decided.get(_key(finding))) for finding in found]
    added = [each for each in untouched if each.review and each.review.before is None]
    return [*kept, *(each for each in added if not _is_there(each, found))]


def _decided(finding: Finding, before: Finding | None) -> Finding:
    if before is None or before.review is None or before.status is finding.status:
        return finding
    review = replace(before.review, before=finding.status)
    return replace(finding, status=before.status, review=review)


def _is_there(added: Finding, found: Sequence[Finding]) -> bool:
    if added.kind is FindingKind.FILLER_CLUSTER:
        return _key(added) in map(_key, found)
    return overlapping(added, found)


def _is_untouched(finding: Finding, edited: Collection[int]) -> bool:
    return not any(finding.start_word <= at < finding.end_word for at in edited)


def _key(finding: Finding) -> Key:
    return finding.kind, finding.label, finding.start_word, finding.end_word
