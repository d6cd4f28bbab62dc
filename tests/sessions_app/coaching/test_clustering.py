from dataclasses import replace

from sessions_app.coaching.clustering import reclustered
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.verdicts import unreviewed
from sessions_app.speech.findings import Decision, Finding, FindingKind, FindingStatus
from tests.sessions_app.speech.said import notes, timed

WORDS = timed(" ".join(["word"] * 30))
GROUND = Ground(notes(WORDS), "en", ((0, 30),))
FILLERS = [
    Finding(FindingKind.FILLER, "um", "um", at, at + 1, WORDS[at].start_ms, WORDS[at].end_ms)
    for at in (3, 5, 7)
]
CLUSTERS = GROUND.clusters(FILLERS)


def test_a_cluster_whose_fillers_stand_stays_as_it_is() -> None:
    assert reclustered([*FILLERS, *CLUSTERS], GROUND) == [*FILLERS, *CLUSTERS]


def test_a_cluster_that_fell_apart_is_rejected_and_can_be_had_again() -> None:
    fallen = replace(FILLERS[1], status=FindingStatus.REJECTED)
    *_, cluster = reclustered([FILLERS[0], fallen, FILLERS[2], *CLUSTERS], GROUND)
    assert cluster.status is FindingStatus.REJECTED
    assert unreviewed([cluster]) == tuple(CLUSTERS)


def test_a_cluster_that_formed_is_an_added_one() -> None:
    *_, cluster = reclustered(FILLERS, GROUND)
    assert cluster.review is not None
    assert cluster.review.decision is Decision.ADDED
    assert unreviewed([cluster]) == ()


def test_without_times_to_trust_there_are_none() -> None:
    assert reclustered(FILLERS, replace(GROUND, placed=False)) == FILLERS
