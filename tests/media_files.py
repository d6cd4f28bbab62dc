"""Makes small recordings, honest and hostile, for tests: nothing binary is kept in the tree."""

from __future__ import annotations

import os
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[np.int16]

CODECS = {
    "webm": "libopus",
    "m4a": "aac",
    "mp4": "aac",
    "mp3": "libmp3lame",
    "wav": "pcm_s16le",
    "ogg": "libopus",
    "flac": "flac",
    "mov": "pcm_s16le",
}
"""Extension of every accepted container -> the encoder used for it here."""


def tone(seconds: float, hertz: float = 440.0, level: float = 0.3, rate: int = RATE) -> Sound:
    """A sine; `level` is the peak, 1.0 = full scale (beyond it, it clips)."""
    times = np.arange(round(seconds * rate)) / rate
    wave = np.clip(level * np.sin(2 * np.pi * hertz * times), -1, 1)
    return np.asarray(wave * 32_767, np.int16)


def silence(seconds: float, rate: int = RATE) -> Sound:
    return np.zeros(round(seconds * rate), np.int16)


def noise(seconds: float, level: float = 0.001, rate: int = RATE, seed: int = 1) -> Sound:
    """White noise with a fixed seed; `level` is its standard deviation."""
    wave = np.random.default_rng(seed).standard_normal(round(seconds * rate)) * level
    return np.asarray(np.clip(wave, -1, 1) * 32_767, np.int16)


def voice(seconds: float, hertz: float = 120.0, level: float = 0.1, rate: int = RATE) -> Sound:
    """A buzz with falling harmonics, loud and soft four times a second like syllables."""
    times = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * hertz * n * times) / n for n in range(1, 20))
    syllables = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times)
    return np.asarray(np.clip(level * buzz * syllables, -1, 1) * 32_767, np.int16)


def talk(phrases: int = 3, phrase: float = 1.2, pause: float = 0.6, rate: int = RATE) -> Sound:
    """Phrases of `voice` with pauses before, between and after them, over faint noise."""
    parts = [silence(pause, rate)]
    for number in range(phrases):
        parts += [voice(phrase, 110.0 + 10 * number, rate=rate), silence(pause, rate)]
    clean = np.concatenate(parts)
    return clean + noise(clean.size / rate, 0.0005, rate)[: clean.size]


def write(  # noqa: PLR0917 - every test names what it varies
    path: Path,
    sound: Sound | None = None,
    rate: int = RATE,
    channels: int = 1,
    codec: str = "",
    video: bool = False,
    container_format: str | None = None,
) -> Path:
    """Encodes `sound` (every channel the same) as the extension says; `None` writes no sound."""
    with av.open(str(path), mode="w", format=container_format) as container:
        pictures = _add_pictures(container) if video else None
        if sound is not None:
            name = codec or CODECS[path.suffix[1:]]
            stream = container.add_stream(name, rate=rate, layout=_layout(channels))
            _write_sound(container, stream, sound, channels)
        if pictures is not None:
            _write_pictures(container, pictures)
    return path


def _layout(channels: int) -> str:
    return {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1", 16: "hexadecagonal"}[channels]


def _write_sound(container: Any, stream: Any, sound: Sound, channels: int = 1) -> None:
    rate, layout = stream.rate, _layout(channels)
    for start in range(0, sound.size, rate):
        piece = np.repeat(sound[start : start + rate], channels)[None, :]
        frame = AudioFrame.from_ndarray(piece, format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate, start
        frame.time_base = Fraction(1, rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _add_pictures(container: Any) -> Any:
    codec = "libvpx" if "webm" in container.format.name else "mpeg4"
    stream = container.add_stream(codec, rate=5)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    return stream


def _write_pictures(container: Any, stream: Any) -> None:
    for number in range(10):
        picture = np.full((48, 64, 3), number * 20, np.uint8)
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts = number
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def write_with_subtitles(path: Path, sound: Sound) -> Path:
    """A Matroska file whose first stream is text."""
    with av.open(str(path), mode="w", format="matroska") as container:
        text = container.add_stream("ass")
        text.codec_context.subtitle_header = b"[Script Info]\nScriptType: v4.00+\n"
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        _write_sound(container, stream, sound)
        packet = av.Packet(b"hello")
        packet.stream, packet.pts, packet.dts, packet.duration = text, 0, 0, 1000
        packet.time_base = Fraction(1, 1000)
        container.mux(packet)
    return path


def truncate(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def damage(path: Path, start: float, end: float) -> Path:
    """Overwrites the bytes between two shares of the file."""
    data = bytearray(path.read_bytes())
    first, last = int(len(data) * start), int(len(data) * end)
    data[first:last] = np.random.default_rng(2).bytes(last - first)
    path.write_bytes(bytes(data))
    return path


def constant_flac(path: Path, seconds: int, claimed_seconds: int | None = None) -> Path:
    """Digital silence at 16 kHz: a few kilobytes an hour. The header claims what it is told."""
    with av.open(str(path), mode="w", format="flac") as container:
        stream = container.add_stream(
            "flac", rate=RATE, layout="mono", options={"frame_size": "65535"}
        )
        frame = AudioFrame.from_ndarray(np.zeros((1, 65_535), np.int16), "s16", "mono")
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        for number in range(seconds * RATE // 65_535 + 1):
            frame.pts = number * 65_535
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    if claimed_seconds is not None:
        _claim(path, claimed_seconds * RATE)
    return path


def _claim(path: Path, samples: int) -> None:
    """STREAMINFO ends with 36 bits of sample count in front of the 16 bytes of MD5."""
    data = bytearray(path.read_bytes())
    data[21] = data[21] & 0xF0 | samples >> 32
    data[22:26] = struct.pack(">I", samples & 0xFFFFFFFF)
    path.write_bytes(bytes(data))


def playlist(path: Path, target: Path) -> Path:
    """HLS: "play that file instead"."""
    path.write_text(
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f"#EXTINF:10.0,\n{target}\n#EXT-X-ENDLIST\n"
    )
    return path


def concat_script(path: Path, target: Path) -> Path:
    path.write_text(f"ffconcat version 1.0\nfile {target.name}\n")
    return path


def session_description(path: Path) -> Path:
    path.write_text(
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
        "m=audio 9 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n"
    )
    return path


def mov_with_outside_data(path: Path, target: Path, seconds: float = 2.0) -> Path:
    """A QuickTime file whose sound track says that its samples are in `target`.

    Its own data are silence of the same length, so that whatever is heard came from outside.
    """
    write(path, silence(seconds))
    reference = _alias(str(target))
    path.write_bytes(_with_reference(path.read_bytes(), reference))
    return path


def _alias(target: str) -> bytes:
    """A data reference `alis`: a Macintosh alias record with an absolute path in it."""
    absolute = target.encode() + b"\0" * (len(target) % 2)
    record = (
        bytes(10 + 1 + 27 + 12 + 1 + 63 + 16 + 2 + 2 + 16)
        + struct.pack(">HH", 2, len(absolute))
        + absolute
        + struct.pack(">hH", -1, 0)
    )
    return struct.pack(">I4sI", 12 + len(record), b"alis", 0) + record


def _with_reference(data: bytes, reference: bytes) -> bytes:
    """Walks the boxes down to `dref`, replaces its entries, and corrects every size above."""
    parents = (b"moov", b"trak", b"mdia", b"minf", b"dinf")
    out, at = b"", 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + size]
        if kind in parents:
            body = _with_reference(body, reference)
        elif kind == b"dref":
            body = struct.pack(">II", 0, 1) + reference
        out += struct.pack(">I4s", 8 + len(body), kind) + body
        at += size
    return out


def write_repeated(path: Path, sound: Sound, times: int, rate: int = RATE) -> Path:
    """The same sound over and over, without ever holding all of it."""
    with av.open(str(path), mode="w") as container:
        stream: Any = container.add_stream(CODECS[path.suffix[1:]], rate=rate, layout="mono")
        frame = AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        for number in range(times):
            frame.pts = number * sound.size
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_streams(path: Path, sound: Sound, count: int) -> Path:
    """A Matroska file with the same sound in `count` streams."""
    with av.open(str(path), mode="w", format="matroska") as container:
        streams = [container.add_stream("flac", rate=RATE, layout="mono") for _ in range(count)]
        for stream in streams:
            _write_sound(container, stream, sound)
    return path


def write_joined_mp3(path: Path, shapes: list[tuple[int, int]], seconds: float) -> Path:
    """Recordings of different rate and channels, one after the other in one file."""
    joined = b""
    for rate, channels in shapes:
        with av.open(str(path), "w", options={"write_xing": "0", "id3v2_version": "0"}) as part:
            stream = part.add_stream("libmp3lame", rate=rate, layout=_layout(channels))
            _write_sound(part, stream, voice(seconds, rate=rate), channels)
        joined += path.read_bytes()
    path.write_bytes(joined)
    return path


def mkv_with_huge_codec(path: Path, size: int) -> Path:
    """A sparse file: the set-up of its decoder wants `size` bytes of memory and none of disk."""

    def element(number: bytes, body: bytes, length: int | None = None) -> bytes:
        return number + struct.pack(">Q", 1 << 56 | (length or len(body))) + body

    header = element(b"\x1aE\xdf\xa3", element(b"\x42\x82", b"matroska"))
    about = element(b"\xd7", b"\1") + element(b"\x83", b"\2") + element(b"\x86", b"A_FLAC")
    private = element(b"\x63\xa2", b"", size)
    entry = element(b"\xae", about + private, len(about + private) + size)
    tracks = element(b"\x16\x54\xae\x6b", entry, len(entry) + size)
    path.write_bytes(header + element(b"\x18\x53\x80\x67", tracks, len(tracks) + size))
    os.truncate(path, path.stat().st_size + size)
    return path


def as_browsers_record(path: Path) -> Path:
    """The same packets in a file without a length and an index, as `MediaRecorder` writes them."""
    target = path.with_name(f"recorded-{path.name}")
    options = {
        ".webm": {"live": "1"},
        ".mkv": {"live": "1"},
        ".mp4": {"movflags": "frag_keyframe+empty_moov"},
    }
    with (
        av.open(str(path)) as source,
        av.open(str(target), "w", options=options[path.suffix]) as written,
    ):
        streams = {
            stream.index: written.add_stream_from_template(stream, opaque=True)
            for stream in source.streams
        }
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                written.mux(packet)
    return target
