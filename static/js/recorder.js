// A stream is recorded and handed over in parts while it goes on.

import { Stopwatch } from "./clock.js";

const PART_MS = 250; // with the time to store it, a reload costs less than half a second
const RATES = { audioBitsPerSecond: 32000, videoBitsPerSecond: 500000 };
const SOUND = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const PICTURE = ["video/webm;codecs=vp8,opus", "video/mp4"];
const ENDINGS = { "audio/mp4": "m4a", "video/mp4": "mp4", "audio/ogg": "ogg" };

export class Recorder {
  #media;
  #watch = new Stopwatch();

  // `onPart` is told each Blob; `onEnd` comes after the last part,
  // also where the microphone was unplugged.
  constructor(stream, { onPart, onEnd }) {
    const types = stream.getVideoTracks().length > 0 ? PICTURE : SOUND;
    const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
    this.#media = new MediaRecorder(stream, { mimeType, ...RATES });
    this.#on("start", () => this.#watch.start());
    this.#on("resume", () => this.#watch.start());
    this.#on("pause", () => this.#watch.stop());
    this.#on("stop", onEnd);
    this.#on("dataavailable", ({ data }) => data.size > 0 && onPart(data));
  }

  get ms() {
    return this.#watch.ms;
  }

  get type() {
    return this.#media.mimeType.split(";")[0];
  }

  get ending() {
    return ENDINGS[this.type] ?? "webm";
  }

  start() {
    this.#media.start(PART_MS);
  }

  pause() {
    this.#media.requestData();
    this.#media.pause();
  }

  resume() {
    this.#media.resume();
  }

  stop() {
    this.#watch.stop();
    if (this.#media.state !== "inactive") this.#media.stop();
  }

  #on(event, act) {
    this.#media.addEventListener(event, act);
  }
}
