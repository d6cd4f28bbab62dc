from __future__ import annotations

import errno
import os
import socket
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from sessions_app.media.request import DecodeRequest
from sessions_app.speech.tracks import Region
from sessions_app.stages import media
from sessions_app.stages.context import Limits, RunContext, Talk
from sessions_app.stages.outputs import Caveat, MediaOutput
from sessions_app.stages.problems import InputProblem, Problem, StageProblem
from tests import media_files

LIMITS = Limits(
    max_bytes=500_000_000,
    max_minutes=60,
    min_sound_ms=1000,
    decoder_memory_mb=512,
    decoder_seconds=60,
)
PHRASES = ((600, 1800), (2400, 3600), (4200, 5400))  # of `media_files.talk()`, ms


def proceed() -> None:
    """A check that lets everything go on."""


def context(path: Path | None, workdir: Path, limits: Limits = LIMITS) -> RunContext:
    talk = Talk("", "en", "", None, None, path, "", "", "")
    return RunContext(talk, limits, workdir)


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def decode(path: Path, workdir: Path, limits: Limits = LIMITS) -> MediaOutput:
    output = media.run(context(path, workdir, limits), proceed)
    assert output is not None
    return output


def refusal(path: Path, workdir: Path, limits: Limits = LIMITS) -> Problem:
    """The problem the file ends in; nothing may be left behind."""
    with pytest.raises(InputProblem) as caught:
        media.run(context(path, workdir, limits), proceed)
    assert list(workdir.iterdir()) == []
    return caught.value.problem


def heard(workdir: Path) -> np.ndarray:
    with av.open(str(workdir / "audio.flac")) as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels) == (16_000, 1)
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(stream)])


def test_a_talk_without_recording_has_no_media(workdir: Path) -> None:
    assert media.run(context(None, workdir), proceed) is None


@pytest.mark.parametrize("extension", media_files.CODECS)
@pytest.mark.parametrize("channels", [1, 2])
def test_reads_every_container(
    extension: str, channels: int, tmp_path: Path, workdir: Path
) -> None:
    sound = media_files.talk(rate=48_000)
    path = tmp_path / f"talk.{extension}"
    video = extension in ("mp4", "mov") and channels == 2
    media_files.write(path, sound, 48_000, channels=channels, video=video)
    output = decode(path, workdir)
    assert output.duration_ms == pytest.approx(6000, abs=60)
    assert output.claimed_duration_ms == pytest.approx(6000, abs=60)
    assert (output.sample_rate, output.channels) == (48_000, channels)
    assert output.container == {"m4a": "mp4", "mov": "mp4"}.get(extension, extension)
    assert output.caveats == ()
    assert heard(workdir).size == pytest.approx(96_000, abs=1000)


def test_finds_the_phrases_and_the_pauses_between(tmp_path: Path, workdir: Path) -> None:
    output = decode(media_files.write(tmp_path / "t.wav", media_files.talk()), workdir)
    found = [(region.start_ms, region.end_ms) for region in output.speech_regions]
    assert np.abs(np.array(found) - np.array(PHRASES)).max() <= 40
    assert np.abs(np.array(output.cut_points_ms) - np.array([2100, 3900])).max() <= 40
    assert output.snr_db is not None
    assert output.snr_db > 30


def test_tracks_follow_loudness_and_pitch(tmp_path: Path, workdir: Path) -> None:
    output = decode(media_files.write(tmp_path / "t.wav", media_files.talk()), workdir)
    assert output.loudness_dbfs.hop_ms == output.pitch_hz.hop_ms == 100
    assert len(output.loudness_dbfs.values) == len(output.pitch_hz.values) == 60
    for hop, hertz in ((10, 110), (30, 120), (48, 130)):
        assert output.pitch_hz.values[hop] == pytest.approx(hertz, rel=0.02)
    assert output.pitch_hz.values[21] is None
    loud, quiet = output.loudness_dbfs.values[10], output.loudness_dbfs.values[21]
    assert loud is not None
    assert quiet is not None
    assert loud - quiet > 30


def test_keeps_the_sound_it_was_given(tmp_path: Path, workdir: Path) -> None:
    sound = media_files.talk()
    decode(media_files.write(tmp_path / "t.flac", sound), workdir)
    assert np.array_equal(heard(workdir), sound)


def test_the_stored_file_is_private(tmp_path: Path, workdir: Path) -> None:
    decode(media_files.write(tmp_path / "t.flac", media_files.talk()), workdir)
    assert (workdir / "audio.flac").stat().st_mode & 0o777 == 0o600


def test_looks_past_pictures_and_subtitles(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write_with_subtitles(tmp_path / "t.mkv", media_files.talk())
    assert decode(path, workdir).duration_ms == 6000


def test_a_video_promises_no_length_for_its_sound(tmp_path: Path, workdir: Path) -> None:
    sound = media_files.talk(rate=48_000)
    path = media_files.write(tmp_path / "t.webm", sound, 48_000, video=True)
    assert decode(path, workdir).claimed_duration_ms is None


@pytest.mark.parametrize("name", ["v.webm", "v.mp4", "v.mov"])
def test_video_without_sound(name: str, tmp_path: Path, workdir: Path) -> None:
    assert refusal(media_files.write(tmp_path / name, video=True), workdir) is Problem.NO_AUDIO


def test_a_disk_that_takes_no_more_is_not_blamed_on_the_file(
    tmp_path: Path, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`/dev/full` in place of the sound, as far as decoding goes."""
    path = media_files.write(tmp_path / "t.flac", media_files.talk())
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(
        media, "DecodeRequest", lambda **asked: DecodeRequest(**{**asked, "sound_fd": full})
    )
    try:
        stopped = storage_problem_of(path, workdir)
    finally:
        os.close(full)
    assert stopped.detail == "ENOSPC"


def test_a_disk_that_takes_no_file_is_not_blamed_on_the_file(
    tmp_path: Path, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = media_files.write(tmp_path / "t.flac", media_files.talk())
    opened = os.open

    def refuse_to_write(name: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_WRONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(name, flags, mode)

    monkeypatch.setattr(os, "open", refuse_to_write)
    assert storage_problem_of(path, workdir).detail == "EROFS"


def storage_problem_of(path: Path, workdir: Path) -> StageProblem:
    """What the disk refused; a retry may go better, and nothing is left behind."""
    with pytest.raises(StageProblem) as caught:
        media.run(context(path, workdir), proceed)
    assert caught.value.problem is Problem.STORAGE
    assert not isinstance(caught.value, InputProblem)
    assert list(workdir.iterdir()) == []
    return caught.value


def test_empty_file(tmp_path: Path, workdir: Path) -> None:
    path = tmp_path / "t.mp3"
    path.touch()
    assert refusal(path, workdir) is Problem.EMPTY_FILE


def test_missing_file(tmp_path: Path, workdir: Path) -> None:
    assert refusal(tmp_path / "gone.wav", workdir) is Problem.FILE_MISSING


@pytest.mark.parametrize("seed", range(4))
def test_garbage(seed: int, tmp_path: Path, workdir: Path) -> None:
    path = tmp_path / "t.mp3"
    path.write_bytes(np.random.default_rng(seed).bytes(50_000))
    assert refusal(path, workdir) in (Problem.NOT_MEDIA, Problem.DAMAGED)


def test_plain_text(tmp_path: Path, workdir: Path) -> None:
    path = tmp_path / "t.wav"
    path.write_text("Ladies and gentlemen, " * 200)
    assert refusal(path, workdir) is Problem.NOT_MEDIA


@pytest.mark.parametrize("container", ["aiff", "avi", "mpegts", "au"])
def test_other_containers_are_named_as_such(container: str, tmp_path: Path, workdir: Path) -> None:
    path = tmp_path / "t.wav"
    codec = "pcm_s16be" if container in ("aiff", "au") else "libmp3lame"
    media_files.write(path, media_files.talk(), codec=codec, container_format=container)
    assert refusal(path, workdir) is Problem.FORMAT_NOT_ACCEPTED


def test_other_codecs_are_not_accepted(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk(), codec="adpcm_ms")
    assert refusal(path, workdir) is Problem.FORMAT_NOT_ACCEPTED


def test_a_picture_is_not_a_talk(tmp_path: Path, workdir: Path) -> None:
    path = tmp_path / "t.webm"
    path.write_bytes(bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(500))
    assert refusal(path, workdir) is Problem.FORMAT_NOT_ACCEPTED


def test_silence(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.ogg", media_files.silence(3, 48_000), 48_000)
    assert refusal(path, workdir) is Problem.SILENT


@pytest.mark.parametrize(("samples", "accepted"), [(15_999, False), (16_000, True)])
def test_one_second_is_enough(samples: int, accepted: bool, tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.voice(2)[:samples])
    if accepted:
        assert decode(path, workdir).duration_ms == 1000
    else:
        assert refusal(path, workdir) is Problem.TOO_SHORT


def test_too_many_bytes(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    assert refusal(path, workdir, replace(LIMITS, max_bytes=10_000)) is Problem.TOO_LARGE


@pytest.mark.parametrize("claimed", [None, 10, 0])
def test_too_long_whatever_the_header_says(
    claimed: int | None, tmp_path: Path, workdir: Path
) -> None:
    """Eleven minutes in 3 kB; all of them, ten seconds or nothing claimed."""
    path = media_files.constant_flac(tmp_path / "t.flac", 11 * 60, claimed)
    assert path.stat().st_size < 20_000
    assert refusal(path, workdir, replace(LIMITS, max_minutes=10)) is Problem.TOO_LONG


def test_a_claim_that_is_too_long_is_believed(tmp_path: Path, workdir: Path) -> None:
    path = media_files.constant_flac(tmp_path / "t.flac", 5, 4 * 3600)
    assert refusal(path, workdir) is Problem.TOO_LONG


def test_a_long_talk_is_never_held_in_memory(tmp_path: Path, workdir: Path) -> None:
    """60 minutes, 115 MB of samples, in an address space that has room for less than 100 MB
    beside Python, NumPy and FFmpeg themselves."""
    minute = np.concatenate([media_files.talk(), media_files.silence(54)])
    path = media_files.write_repeated(tmp_path / "t.flac", minute, 60)
    output = decode(path, workdir, replace(LIMITS, decoder_memory_mb=320))
    assert output.duration_ms == 3_600_000
    assert len(output.speech_regions) == 180


def test_at_most_eight_channels(tmp_path: Path, workdir: Path) -> None:
    eight = media_files.write(tmp_path / "8.wav", media_files.talk(), channels=8)
    assert decode(eight, workdir).channels == 8
    (workdir / "audio.flac").unlink()
    sixteen = media_files.write(tmp_path / "16.wav", media_files.talk(), channels=16)
    assert refusal(sixteen, workdir) is Problem.TOO_MANY_CHANNELS


def test_many_streams_are_not_a_talk(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write_streams(tmp_path / "t.mkv", media_files.tone(0.1), 17)
    assert refusal(path, workdir) is Problem.FORMAT_NOT_ACCEPTED


@pytest.mark.parametrize("extension", ["webm", "wav", "mp3", "flac"])
def test_half_a_file_is_said_to_be_truncated(extension: str, tmp_path: Path, workdir: Path) -> None:
    sound = media_files.talk(10, rate=48_000)
    path = media_files.write(tmp_path / f"t.{extension}", sound, 48_000)
    output = decode(media_files.truncate(path, 0.5), workdir)
    assert Caveat.TRUNCATED in output.caveats
    assert output.duration_ms < 12_000
    assert output.claimed_duration_ms == pytest.approx(18_600, abs=60)


def test_an_ogg_without_its_last_page_is_truncated(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.ogg", media_files.talk(10, rate=48_000), 48_000)
    assert Caveat.TRUNCATED in decode(media_files.truncate(path, 0.5), workdir).caveats


@pytest.mark.parametrize("extension", ["mp4", "m4a", "mov"])
def test_half_a_file_without_its_index_is_damaged(
    extension: str, tmp_path: Path, workdir: Path
) -> None:
    path = media_files.write(tmp_path / f"t.{extension}", media_files.talk())
    assert refusal(media_files.truncate(path, 0.5), workdir) is Problem.DAMAGED


def test_a_scratch_is_reported(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.m4a", media_files.talk(6))
    output = decode(media_files.damage(path, 0.5, 0.52), workdir)
    assert output.caveats == (Caveat.DECODE_ERRORS,)


def test_more_scratches_than_sound_are_refused(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write(tmp_path / "t.m4a", media_files.talk(6))
    assert refusal(media_files.damage(path, 0.01, 0.8), workdir) is Problem.DAMAGED


def test_a_change_of_shape_is_followed(tmp_path: Path, workdir: Path) -> None:
    path = media_files.write_joined_mp3(tmp_path / "t.mp3", [(16_000, 1), (48_000, 2)], 2.0)
    output = decode(path, workdir)
    assert output.duration_ms == pytest.approx(4000, abs=200)
    track = output.pitch_hz.values
    assert track[10] == pytest.approx(120, rel=0.03)
    assert track[30] == pytest.approx(120, rel=0.03)


def test_nothing_but_changes_of_shape_is_refused(tmp_path: Path, workdir: Path) -> None:
    shapes = [(16_000, 1), (48_000, 2)] * 10
    path = media_files.write_joined_mp3(tmp_path / "t.mp3", shapes, 0.5)
    assert refusal(path, workdir) is Problem.FORMAT_CHANGED


def test_hears_noise_and_clipping(tmp_path: Path, workdir: Path) -> None:
    talk = media_files.talk().astype(np.int32)
    loud = np.clip(talk * 12, -32_768, 32_767).astype(np.int16)
    output = decode(media_files.write(tmp_path / "loud.wav", loud), workdir)
    assert output.caveats == (Caveat.CLIPPED,)
    noisy = (talk + media_files.noise(6, 0.03)).astype(np.int16)
    output = decode(media_files.write(tmp_path / "noisy.wav", noisy), workdir)
    assert output.caveats == (Caveat.NOISY,)


def test_rumble_is_not_taken_for_a_voice(tmp_path: Path, workdir: Path) -> None:
    talk = media_files.talk()
    rumble = media_files.tone(talk.size / 16_000, 15, 0.3)
    path = media_files.write(tmp_path / "t.wav", (talk + rumble).astype(np.int16))
    output = decode(path, workdir)
    assert len(output.speech_regions) == 3
    assert output.pitch_hz.values[10] == pytest.approx(110, rel=0.03)
    assert output.pitch_hz.values[21] is None


def test_a_tone_is_sound_but_no_speech(tmp_path: Path, workdir: Path) -> None:
    output = decode(media_files.write(tmp_path / "t.wav", media_files.tone(3)), workdir)
    assert output.speech_regions == ()
    assert output.snr_db is None
    assert set(output.pitch_hz.values[1:-1]) == {None}


def test_links_pipes_devices_and_folders_are_not_opened(tmp_path: Path, workdir: Path) -> None:
    real = media_files.write(tmp_path / "real.wav", media_files.talk())
    link, pipe, plug = tmp_path / "l.wav", tmp_path / "p.wav", tmp_path / "s.wav"
    link.symlink_to(real)
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(plug))
        for path in (link, pipe, plug, tmp_path, Path("/dev/zero")):
            assert refusal(path, workdir) is Problem.NOT_MEDIA


def test_what_check_raises_comes_out_and_nothing_stays(tmp_path: Path, workdir: Path) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with pytest.raises(Stop):
        media.run(context(path, workdir), stop)
    assert list(workdir.iterdir()) == []


def test_a_file_cannot_have_all_the_memory_it_asks_for(tmp_path: Path, workdir: Path) -> None:
    path = media_files.mkv_with_huge_codec(tmp_path / "t.webm", 260_000_000)
    limits = replace(LIMITS, decoder_memory_mb=400)
    assert refusal(path, workdir, limits) in (Problem.DECODER_LIMIT, Problem.DAMAGED)


def test_a_region_is_a_region(tmp_path: Path, workdir: Path) -> None:
    output = decode(media_files.write(tmp_path / "t.wav", media_files.talk(1)), workdir)
    assert [type(region) for region in output.speech_regions] == [Region]


@pytest.mark.parametrize("video", [False, True])
def test_what_a_browser_recorded_is_copied_so_that_players_find_their_way(
    video: bool, tmp_path: Path, workdir: Path
) -> None:
    sound = media_files.talk(rate=48_000)
    path = media_files.write(tmp_path / "t.webm", sound, 48_000, video=video)
    decode(path, workdir)
    assert not (workdir / "copy").exists()
    output = decode(media_files.as_browsers_record(path), workdir)
    assert output.duration_ms == pytest.approx(6000, abs=60)
    with av.open(str(workdir / "copy")) as container:
        assert container.duration is not None
        assert container.duration / av.time_base == pytest.approx(6, abs=0.1)
        assert len(container.streams) == 1 + video
