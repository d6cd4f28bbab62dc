"""What the browser's own recorder makes of a microphone, without any page of ours."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import Page

_RECORD = """async ([type, pictures, ms]) => {
    const stream = await navigator.mediaDevices.getUserMedia({
        audio: { autoGainControl: false, noiseSuppression: false, echoCancellation: false },
        video: pictures ? { width: 320, height: 240 } : false,
    });
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const over = new Promise((done) => { recorder.onstop = done; });
    recorder.start(500);
    await new Promise((done) => setTimeout(done, ms));
    recorder.stop();
    await over;
    stream.getTracks().forEach((track) => track.stop());
    const reader = new FileReader();
    const read = new Promise((done) => { reader.onload = done; });
    reader.readAsDataURL(new Blob(parts, { type: type }));
    await read;
    return reader.result;
}"""


def record(page: Page, path: Path, mime_type: str, seconds: float) -> Path:
    """A recording of so many seconds, in parts of half a second."""
    pictures = mime_type.startswith("video/")
    data = page.evaluate(_RECORD, [mime_type, pictures, seconds * 1000])
    path.write_bytes(base64.b64decode(data.rpartition(",")[2]))
    return path
