// One recording, from asking for the microphone to its last part.

import { keepAwake, letSleep } from "./awake.js";
import { clock } from "./clock.js";
import { Level } from "./level.js";
import * as microphone from "./microphone.js";
import { Recorder } from "./recorder.js";
import { join } from "./webm.js";
import { words } from "./wording.js";

const SILENT_BEFORE_MS = 4000;
const SILENT_WHILE_SPEAKING_MS = 8000; // nobody pauses so long; the word is about the microphone

export class Recording {
  #desk;
  #shelf;
  #longest;
  #onTaken;
  #onLost;
  #stream = null;
  #level = null;
  #recorder = null;
  #take = null;
  #before = null;
  #parts = [];

  // `longest` in ms. `onTaken` gets the take and its sound, once all of it is kept; `onLost` is
  // told that the microphone went away before anything was recorded.
  constructor(desk, shelf, { longest, onTaken, onLost }) {
    this.#desk = desk;
    this.#shelf = shelf;
    this.#longest = longest;
    this.#onTaken = onTaken;
    this.#onLost = onLost;
  }

  // Whether the microphone listens now.
  async open({ device, picture }) {
    try {
      this.#stream = await microphone.open({ device, picture });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#desk.notice(microphone.problem(error));
      return false;
    }
    this.#desk.clear();
    this.#stream.getAudioTracks()[0].addEventListener("ended", () => this.#unplugged());
    await microphone.offer(this.#desk.part("microphones"), this.#stream);
    this.#listen(SILENT_BEFORE_MS);
    this.#mirror(picture);
    return true;
  }

  // Another microphone, also the next time.
  async use(device) {
    const picture = this.#stream.getVideoTracks().length > 0;
    this.close();
    microphone.remember(device);
    return this.open({ device, picture });
  }

  close() {
    this.#level?.close();
    if (this.#stream) microphone.close(this.#stream);
    this.#level = this.#stream = this.#recorder = null;
    this.#mirror(false);
  }

  // `before` is what it goes on from, as { take, blob }.
  start(fields, before = null) {
    this.#parts = [];
    this.#before = before;
    this.#recorder = new Recorder(this.#stream, {
      onPart: (part) => this.#keep(part),
      onEnd: () => this.#end(),
    });
    this.#take = this.#begun(fields, before?.take);
    this.#shelf.save(this.#take);
    this.#recorder.start();
    this.#showPlan();
    this.#listen(SILENT_WHILE_SPEAKING_MS);
    keepAwake();
  }

  pause() {
    this.#recorder.pause();
  }

  resume() {
    this.#level.forgive();
    this.#recorder.resume();
  }

  finish() {
    this.#recorder.stop();
  }

  // Of all of it, in ms.
  get #ms() {
    return (this.#before?.take.ms ?? 0) + this.#recorder.ms;
  }

  #begun(fields, before) {
    const begun = new Date().toLocaleString(document.documentElement.lang, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    const { type, ending } = this.#recorder;
    return {
      name: `recording.${ending}`,
      type,
      title: before?.title ?? words("title", { begun }),
      fields,
      recording: before ? before.recording + 1 : 0,
      whole: false,
    };
  }

  // What the speaker set out to do: the task, and the length beside the timer.
  #showPlan() {
    const { prompt, target_minutes: target } = Object.fromEntries(this.#take.fields);
    this.#desk.part("task").textContent = prompt;
    const ms = Number(target) * 60000;
    this.#desk.part("target").textContent = ms > 0 ? words("target", { time: clock(ms) }) : "";
  }

  #listen(patience) {
    this.#level?.close();
    this.#level = new Level(this.#stream, {
      patience,
      onLevel: (level) => this.#show(level),
      onSilence: (silent) => this.#say(silent),
    });
  }

  #show(level) {
    this.#desk.part("meter").value = level;
    if (!this.#recorder) return;
    const heard = this.#desk.phase === "recording" ? level : 0;
    const ring = this.#desk.part("ring");
    ring.style.setProperty("--level", heard.toFixed(3));
    ring.toggleAttribute("data-heard", heard > 0);
    this.#tell(this.#ms);
  }

  #tell(ms) {
    const elapsed = this.#desk.part("elapsed");
    elapsed.dataset.ms = Math.round(ms);
    if (elapsed.textContent !== clock(ms)) elapsed.textContent = clock(ms);
    if (ms < this.#longest) return;
    this.#desk.notice("longest");
    this.finish();
  }

  #say(silent) {
    if (this.#desk.phase === "paused") return;
    if (silent) this.#desk.notice("silent");
    else this.#desk.clear();
  }

  #mirror(picture) {
    const mirror = this.#desk.part("mirror");
    mirror.srcObject = picture ? this.#stream : null;
    mirror.hidden = !picture;
    if (picture) mirror.play();
  }

  #unplugged() {
    if (this.#recorder) {
      this.#desk.notice("unplugged");
      this.finish();
    } else {
      this.close();
      this.#desk.notice("missing");
      this.#onLost();
    }
  }

  #keep(part) {
    this.#shelf.addPart(this.#take.recording, this.#parts.length, part, this.#ms);
    this.#parts.push(part);
  }

  async #end() {
    letSleep();
    const take = { ...this.#take, ms: this.#ms, whole: true };
    const before = this.#before ? [this.#before.blob] : [];
    this.close();
    const blob = await join([...before, new Blob(this.#parts)], take.type);
    await this.#shelf.save(take);
    this.#onTaken(take, blob);
  }
}
