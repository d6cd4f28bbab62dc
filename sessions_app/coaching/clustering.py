"""Clusters of fillers, once it is known which fillers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sessions_app.coaching.ground import Ground
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)


def reclustered(findings: Sequence[Finding], ground: Ground) -> list[Finding]:
    """`findings` with the clusters their fillers make. A cluster that fell apart stays, rejected,
    so that the rules' own findings can be had again."""
    fillers = sorted(
        (finding for finding in findings if finding.kind is FindingKind.FILLER),
        key=lambda finding: finding.start_word,
    )
    others = [finding for finding in findings if finding.kind is not FindingKind.FILLER_CLUSTER]
    before = [finding for finding in findings if finding.kind is FindingKind.FILLER_CLUSTER]
    now = ground.clusters(fillers)
    kept = [cluster if cluster in now else _fallen(cluster) for cluster in before]
    return [*others, *kept, *(_formed(cluster) for cluster in now if cluster not in before)]


def _fallen(cluster: Finding) -> Finding:
    review = Review(Decision.REJECTED, 1.0, "", before=cluster.status)
    return replace(cluster, status=FindingStatus.REJECTED, review=review)


def _formed(cluster: Finding) -> Finding:
    review = Review(Decision.ADDED, 1.0, "", before=None)
    return replace(cluster, source=FindingSource.AI, review=review)
