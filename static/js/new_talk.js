// The page of a new talk: record or choose, listen, and send; whatever happens, nothing is lost.

import { clock } from "./clock.js";
import { deliver } from "./delivery.js";
import { Desk } from "./desk.js";
import { takeDrops } from "./drops.js";
import { obstacle } from "./microphone.js";
import { OnlyTab } from "./only_tab.js";
import { Refused, SignedOut } from "./outcomes.js";
import { hidePreview, showPreview } from "./preview.js";
import { Progress, size } from "./progress.js";
import { Recording } from "./recording.js";
import { Shelf } from "./shelf.js";
import { clearErrors, fields, fill, giveFile, token } from "./talk_form.js";
import { forget } from "./tus.js";
import { canJoin } from "./webm.js";

const MINUTE_MS = 60000;
const TEXT = /\.(txt|srt|vtt)$/i;

const findForm = () => document.querySelector("[data-new-talk]");
const tab = new OnlyTab(findForm().dataset.user);

class NewTalk {
  #form;
  #desk;
  #shelf;
  #recording;
  #take = null;
  #blob = null;
  #listening = false;
  #choosing = null;
  #stopping = null;
  #over = new AbortController();

  constructor(form) {
    this.#form = form;
    this.#desk = new Desk(form);
    this.#shelf = new Shelf(form.dataset.user, () => this.#desk.notice("full"));
    this.#recording = new Recording(this.#desk, this.#shelf, {
      longest: Number(form.dataset.maxMinutes) * MINUTE_MS,
      onTaken: (take, blob) => { this.#show(take, blob); this.#keepFields(); },
      onLost: () => this.#back(),
    });
  }

  // What is kept from before comes first; another tab that works on it even before that.
  async begin() {
    const kept = await this.#shelf.load();
    this.#listen();
    const problem = obstacle();
    this.#desk.part("record").hidden = problem !== null;
    if (problem) this.#desk.notice(problem);
    if (kept) return (await this.#alone()) && this.#goOn(kept);
    this.#desk.show("idle");
    this.#choosing = this.#choose(this.#form.elements.recording.files[0]);
    return this.#choosing;
  }

  #goOn({ take, blob }) {
    this.#show(take, blob);
    fill(this.#form, take.fields);
    if (take.sending) this.#send();
    else if (!take.refused) this.#desk.notice(take.whole ? "kept" : "interrupted", { time: clock(take.ms) });
  }

  // Whether this tab may; while another is at work this one waits, and then begins anew.
  async #alone() {
    if (await tab.take()) return true;
    this.#desk.show("elsewhere");
    tab.follow().then(() => { this.#leave(); this.begin(); });
    return false;
  }

  // Alone, and without anything that another tab kept meanwhile.
  async #free() {
    if (!(await this.#alone())) return false;
    const kept = await this.#shelf.load();
    if (kept) this.#goOn(kept);
    return !kept;
  }

  #leave() {
    this.#take = this.#blob = null;
    this.#form.elements.recording.value = "";
    hidePreview(this.#desk.part("preview"));
    this.#desk.show("idle");
    tab.leave();
  }

  #show(take, blob) {
    this.#take = take;
    this.#blob = blob;
    this.#desk.part("kept-name").textContent = take.title || take.name;
    this.#desk.part("kept-about").textContent = take.ms ? clock(take.ms) : size(blob.size);
    this.#desk.part("go-on").hidden = !(take.ms > 0 && canJoin(take.type) && !obstacle());
    showPreview(this.#desk.part("preview"), blob);
    this.#desk.show("kept");
  }

  #keepFields() {
    if (!this.#take || this.#take.sending) return;
    this.#take.fields = fields(this.#form);
    this.#shelf.save(this.#take);
  }

  // Why a file is not even begun: the name of a sentence, or null.
  #problem(file) {
    if (file.size === 0) return "empty";
    return file.size > Number(this.#form.dataset.maxBytes) ? "too-large" : null;
  }

  async #choose(file) {
    if (!file) return;
    const problem = this.#problem(file);
    if (problem) {
      this.#form.elements.recording.value = "";
      this.#desk.notice(problem);
      return;
    }
    if (!(await this.#free())) return;
    this.#desk.clear();
    clearErrors(this.#form);
    const { name, type } = file;
    this.#show({ name, type, title: "", ms: 0, whole: true }, file);
    this.#keepFields();
    this.#shelf.addFile(file);
  }

  #dropped(file) {
    if (TEXT.test(file.name)) giveFile(this.#form.elements.transcript_file, file);
    else if (this.#desk.phase === "idle") this.#choosing = this.#choose(file);
  }

  async #record() {
    if (await this.#free()) await this.#open(this.#desk.part("with-video").checked);
  }

  async #open(picture) {
    this.#desk.show("asking");
    if (await this.#recording.open({ picture })) this.#desk.show("ready");
    else this.#back();
  }

  async #use(device) {
    if (!(await this.#recording.use(device))) this.#back();
  }

  // Where the way to the microphone began.
  #back() {
    if (this.#take) this.#desk.show("kept");
    else this.#leave();
  }

  #start() {
    const before = this.#take && { take: this.#take, blob: this.#blob };
    this.#forgetUpload(); // it has another end from now on
    hidePreview(this.#desk.part("preview"));
    this.#desk.clear();
    clearErrors(this.#form);
    this.#desk.show("recording");
    this.#recording.start(fields(this.#form), before);
  }

  #forgetUpload() {
    if (this.#take?.address) forget(this.#take.address, token(this.#form));
  }

  async #discard() {
    this.#forgetUpload();
    await this.#shelf.clear();
    this.#desk.clear();
    this.#leave();
  }

  // A transcript alone is sent as any form. A file that was chosen this moment is waited for.
  async #submit(event) {
    if (this.#desk.phase === "idle" && this.#form.elements.recording.files.length === 0) {
      this.#desk.part("uploading").hidden = false;
      return;
    }
    event.preventDefault();
    await this.#choosing;
    if (this.#desk.phase !== "kept") return;
    this.#keepFields();
    this.#take.page = location.pathname + location.search;
    this.#send();
  }

  async #send() {
    this.#stopping = new AbortController();
    this.#take.sending = true;
    this.#shelf.save(this.#take);
    try {
      this.#desk.clear();
      if (this.#shelf.full) this.#desk.notice("full");
      this.#desk.show("sending");
      const progress = new Progress(this.#desk, this.#blob.size);
      await this.#arrived(await deliver({
        form: this.#form,
        shelf: this.#shelf,
        take: this.#take,
        blob: this.#blob,
        signal: this.#stopping.signal,
        onSent: (bytes) => progress.sent(bytes),
        onWait: (said) => progress.waits(said),
      }));
    } catch (outcome) {
      this.#failed(outcome);
    }
  }

  async #arrived({ talk, page }) {
    if (talk) {
      await this.#shelf.clear();
      this.#over.abort();
      location.assign(talk);
      return;
    }
    Object.assign(this.#take, { sending: false, refused: true });
    await this.#shelf.save(this.#take);
    this.#over.abort();
    const shown = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    document.querySelector("main").replaceWith(shown);
    shown.focus();
    start();
  }

  // Back to what is kept, with the reason. Throws what no outcome explains.
  #failed(outcome) {
    Object.assign(this.#take, { sending: false, refused: false });
    this.#shelf.save(this.#take);
    this.#desk.show("kept");
    if (outcome instanceof SignedOut) this.#desk.notice(outcome.sentence);
    else if (outcome instanceof Refused && outcome.message) this.#desk.quote(outcome.message);
    else if (outcome instanceof Refused) this.#desk.notice("refused");
    else if (outcome.name === "AbortError") this.#desk.notice("stopped");
    else if (outcome instanceof DOMException) this.#desk.notice("unreadable");
    else {
      this.#desk.notice("kept");
      throw outcome;
    }
  }

  #act(name) {
    const acts = {
      record: () => this.#record(),
      "go-on": () => this.#open(this.#take.type.startsWith("video/")),
      cancel: () => { this.#recording.close(); this.#desk.clear(); this.#back(); },
      start: () => this.#start(),
      pause: () => { this.#recording.pause(); this.#desk.show("paused"); },
      resume: () => { this.#recording.resume(); this.#desk.show("recording"); },
      finish: () => this.#recording.finish(),
      "ask-discard": () => this.#desk.show("discarding"),
      keep: () => this.#desk.show("kept"),
      discard: () => this.#discard(),
      stop: () => this.#stopping.abort(),
      "try-now": () => window.dispatchEvent(new Event("try-now")),
    };
    acts[name]();
  }

  #listen() {
    if (this.#listening) return;
    this.#listening = true;
    const { signal } = this.#over;
    const on = (event, act) => this.#form.addEventListener(event, act, { signal });
    on("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.#act(button.dataset.do);
    });
    on("change", ({ target }) => {
      if (target === this.#form.elements.recording) this.#choosing = this.#choose(target.files[0]);
      if (target === this.#desk.part("microphones")) this.#use(target.value);
    });
    on("input", () => this.#keepFields());
    on("submit", (event) => this.#submit(event));
    takeDrops(this.#desk.part("recorder"), (file) => this.#dropped(file), { signal });
    window.addEventListener("beforeunload", (event) => {
      const recording = ["recording", "paused"].includes(this.#desk.phase);
      if (recording || (this.#take && this.#shelf.full)) event.preventDefault();
    }, { signal });
  }
}

function start() {
  const form = findForm();
  if (form) new NewTalk(form).begin();
}

start();

// Coming back with the browser's back button finds the page as new.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
