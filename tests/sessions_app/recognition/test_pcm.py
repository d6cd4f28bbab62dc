from __future__ import annotations

from pathlib import Path

from tests.sessions_app.recognition.speech import WORDS, recording


def test_reads_any_slice_and_leaves_no_file_behind(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        assert opened.duration_ms >= WORDS[-1][2]
        assert len(opened.slice(1_000, 1_500)) == 500 * 16 * 2
        assert opened.slice(opened.duration_ms - 10, opened.duration_ms + 5_000) != b""
        assert opened.slice(opened.duration_ms + 10, opened.duration_ms + 20) == b""
        assert any(opened.slice(0, 5_000))
    assert list(tmp_path.iterdir()) == []
