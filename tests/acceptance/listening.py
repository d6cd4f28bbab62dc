"""What comes out of the player, and where in the recording that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray
from playwright.sync_api import Page

from tests.acceptance.browsing import until

RATE = 16_000  # Hz; that of the product's own samples
AUTOPLAY = "--autoplay-policy=no-user-gesture-required"
LISTENED = 16_000  # samples: enough to be found in a talk

# In a thread of its own: one that shares the page's loses sound when the machine is busy.
_TAP = f"""async () => {{
    const code = `registerProcessor("tap", class extends AudioWorkletProcessor {{
        process([input]) {{
            if (input[0]) this.port.postMessage(input[0].slice());
            return true;
        }}
    }});`;
    const context = new AudioContext({{ sampleRate: {RATE} }});
    const module = new Blob([code], {{ type: "text/javascript" }});
    await context.audioWorklet.addModule(URL.createObjectURL(module));
    const tap = new AudioWorkletNode(context, "tap", {{ channelCount: 1 }});
    window.heard = [];
    tap.port.onmessage = (event) => heard.push(...event.data);
    context.createMediaElementSource(player()).connect(tap).connect(context.destination);
    await context.resume();
}}"""
_SILENT = "() => { const all = heard.splice(0); return all.length && all.every(at => at === 0); }"
_ENOUGH = f"() => heard.length - heard.findIndex(at => Math.abs(at) > 1e-4) > {LISTENED} + 2048"


def listen(page: Page) -> None:
    """From now on what is played goes through our hands."""
    page.evaluate(_TAP)


def fall_silent(page: Page) -> None:
    page.evaluate("player().pause()")
    until(page, _SILENT, every_ms=300)


def heard_at(page: Page, recording: NDArray[np.float32]) -> float:
    """Where in the recording, in ms, that is which came out first since it was silent."""
    until(page, f"() => heard.some(at => Math.abs(at) > 1e-4) && ({_ENOUGH})()")
    heard = np.array(page.evaluate("heard.slice()"), dtype=np.float32)
    first = int(np.argmax(np.abs(heard) > 1e-4))
    return place_of(heard[first : first + LISTENED], recording) / RATE * 1000


def place_of(part: NDArray[np.float32], whole: NDArray[np.float32]) -> int:
    """The sample of the whole at which it is most like the part."""
    size = 1 << (whole.size + part.size).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    likeness = np.fft.irfft(spectrum, size)[: whole.size - part.size]
    energy = np.cumsum(np.concatenate(([0.0], whole.astype(np.float64) ** 2)))
    loudness = np.sqrt(energy[part.size :] - energy[: -part.size])[: likeness.size]
    return int(np.argmax(likeness / np.maximum(loudness, 1e-3)))


def samples(file: Any) -> NDArray[np.float32]:
    """Of a sound file, mono at `RATE`."""
    with av.open(str(file) if isinstance(file, Path) else file) as container:
        mono = AudioResampler(format="flt", layout="mono", rate=RATE)
        pieces = [piece for frame in container.decode(audio=0) for piece in mono.resample(frame)]
    return np.concatenate([piece.to_ndarray()[0] for piece in pieces])
