"""A browser's recording without length and index, copied into a file that has both.

Browsers write WebM as they record: nobody knows the length yet when the header is written, and no
index is made at the end. Players then cannot tell how long it is, and find a moment by reading all
that lies before it. The packets are copied as they are.
"""

from __future__ import annotations

import os
from typing import Final

import av
from av.container import InputContainer

from sessions_app.media.opening import open_source
from sessions_app.media.sink import Sink
from sessions_app.stages.problems import StageProblem

_DOCTYPE_BYTES: Final = 64


def lacks_length(container: InputContainer) -> bool:
    """Not so for the MP4 that browsers record: players add up its parts."""
    return container.format.name == "matroska,webm" and not container.duration


def copy_with_index(source_fd: int, target_fd: int) -> bool:
    """Whether all of it could be copied. What was written otherwise is of no use.

    MemoryError passes through.
    """
    try:
        with open_source(source_fd) as source:
            if any(stream.type not in ("audio", "video") for stream in source.streams):
                return False
            _copy(source, _doctype(source_fd), Sink(target_fd))
    except MemoryError:
        raise
    except (av.error.FFmpegError, StageProblem, OSError, ValueError):
        return False
    return True


def _copy(source: InputContainer, format_name: str, sink: Sink) -> None:
    with av.open(sink, "w", format=format_name) as copy:
        streams = {
            stream.index: copy.add_stream_from_template(stream, opaque=True)
            for stream in source.streams
        }
        for packet in source.demux():
            if packet.dts is None:  # the end of a stream
                continue
            packet.stream = streams[packet.stream_index]
            copy.mux(packet)
    sink.raise_refusal()


def _doctype(fd: int) -> str:
    """WebM is Matroska with fewer codecs; it stays what it was."""
    return "matroska" if b"matroska" in os.pread(fd, _DOCTYPE_BYTES, 0) else "webm"
