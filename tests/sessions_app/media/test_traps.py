"""Files that make FFmpeg read other files. Every trap is first shown to work on a reader without
our lists; the secret is a loud tone, so hearing anything at all means that it was read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from sessions_app.media.formats import CONTAINERS
from sessions_app.stages import media
from sessions_app.stages.problems import InputProblem
from tests import media_files
from tests.sessions_app.stages.test_media import context, proceed

Trap = Callable[[Path, Path], Path]
LOUD = 5_000.0


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return media_files.write(tmp_path / "secret.wav", media_files.tone(3, 1000, 0.9))


def careless(path: Path, options: dict[str, str]) -> float:
    """How loud the file is to a reader without lists (standard deviation of 16-bit samples)."""
    with av.open(str(path), options=options) as container:
        return float(np.std(np.hstack([f.to_ndarray() for f in container.decode(audio=0)])))


REFERENCES = {"enable_drefs": "1", "use_absolute_path": "1"}
TRAPS = [
    ("talk.m3u8", media_files.playlist, {"allowed_extensions": "ALL", "extension_picky": "0"}),
    ("talk.ffconcat", media_files.concat_script, {}),
    ("talk.mp3", media_files.concat_script, {}),
    ("talk.wav", media_files.concat_script, {}),
    ("talk.webm", media_files.concat_script, {}),
    ("talk.mov", media_files.mov_with_outside_data, REFERENCES),
]


@pytest.mark.parametrize(("name", "trap", "options"), TRAPS)
def test_no_trap_reads_another_file(
    name: str, trap: Trap, options: dict[str, str], tmp_path: Path, secret: Path
) -> None:
    path = trap(tmp_path / name, secret)
    assert careless(path, options) > LOUD
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(InputProblem) as caught:
        media.run(context(path, work), proceed)
    assert list(work.iterdir()) == []
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["talk.mp3", "talk.wav", "talk.webm", "talk.mp4", "talk.sdp"])
@pytest.mark.parametrize("script", ["playlist", "variants", "session", "images", "dash"])
def test_no_script_passes_for_a_recording(
    script: str, name: str, tmp_path: Path, secret: Path
) -> None:
    path = tmp_path / name
    if script == "session":
        media_files.session_description(path)
    else:
        path.write_text(SCRIPTS[script].format(target=secret))
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(InputProblem):
        media.run(context(path, work), proceed)
    assert list(work.iterdir()) == []


SCRIPTS = {
    "playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{target}\n#EXT-X-ENDLIST\n",
    "variants": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1:9/x?{target}\n",
    "images": "# concat\nfile '{target}'\nduration 5\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" '
    'profiles="urn:mpeg:dash:profile:isoff-live:2011"><Period><BaseURL>{target}</BaseURL>'
    "</Period></MPD>",
}


def test_only_containers_without_references_are_listed() -> None:
    names = {name for container in CONTAINERS for name in container.split(",")}
    assert names.isdisjoint({"hls", "concat", "sdp", "dash", "image2", "rtsp", "lavfi", "tty"})
