// How far an upload is, and that it waits.

import { words } from "./wording.js";

// Such as 3.1 MB; less than one in kB.
export function size(bytes) {
  const [unit, of] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  const digits = { maximumFractionDigits: of === 1e6 ? 1 : 0 };
  return `${(bytes / of).toLocaleString(document.documentElement.lang, digits)} ${unit}`;
}

export class Progress {
  #desk;
  #total;

  // `total` in bytes.
  constructor(desk, total) {
    this.#desk = desk;
    this.#total = total;
    this.#show(0);
    this.#wait(false);
  }

  sent(bytes) {
    if (this.#waits) {
      this.#desk.clear();
      this.#wait(false);
    }
    this.#show(bytes);
  }

  // `said` is the sentence of a server that answers but cannot go on.
  waits(said) {
    if (said) this.#desk.quote(said);
    else if (!this.#waits) this.#desk.notice("away");
    this.#wait(true);
  }

  get #waits() {
    return !this.#desk.part("try-now").hidden;
  }

  #wait(waits) {
    this.#desk.part("try-now").hidden = !waits;
  }

  #show(bytes) {
    this.#desk.part("progress").value = bytes / Math.max(1, this.#total); // a file may be empty
    this.#desk.part("sent").textContent = words("sent", {
      sent: size(bytes),
      total: size(this.#total),
    });
  }
}
