// How far an upload is, and that it waits.

import { words } from "./wording.js";

export function megabytes(bytes) {
  const number = (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number} MB`;
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
    this.#desk.part("progress").value = bytes / this.#total;
    this.#desk.part("sent").textContent = words("sent", {
      sent: megabytes(bytes),
      total: megabytes(this.#total),
    });
  }
}
