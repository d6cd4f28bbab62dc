from sessions_app.coaching.schemas import ContentReview, Evidence, PartFound, Remark, StructurePart
from sessions_app.coaching.structure import POINTS, structure_points

SEEN = Remark("Seen.", (Evidence(0, 1),))


def review(*parts: tuple[StructurePart, int, int]) -> ContentReview:
    found = tuple(PartFound(part, Evidence(start, end)) for part, start, end in parts)
    return ContentReview("en", SEEN, SEEN, found, (), None)


def test_all_parts_make_a_hundred_and_none_makes_nothing() -> None:
    places = {StructurePart.OPENING: (0, 5), StructurePart.CLOSING: (95, 100)}
    everything = review(*((part, *places.get(part, (40, 50))) for part in StructurePart))
    assert sum(POINTS.values()) == structure_points(everything, 100, "presentation") == 100
    assert structure_points(review(), 100, "pitch") == 0


def test_a_part_counts_once_and_only_where_it_can_be() -> None:
    opening, example = StructurePart.OPENING, StructurePart.EXAMPLE
    twice = review((example, 1, 2), (example, 3, 4))
    assert structure_points(twice, 100, "pitch") == POINTS[example]
    assert structure_points(review((opening, 50, 60)), 100, "pitch") == 0
    assert structure_points(review((StructurePart.CLOSING, 10, 20)), 100, "pitch") == 0


def test_interviews_and_free_practice_owe_no_structure() -> None:
    assert structure_points(review(), 100, "interview") is None
    assert structure_points(review(), 100, "free") is None
