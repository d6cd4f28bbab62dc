// What is seen of a new talk: one phase at a time, a notice, and what screen readers are told.

import { isCalm, sentence, words } from "./wording.js";

export class Desk {
  #form;

  constructor(form) {
    this.#form = form;
  }

  get phase() {
    return this.#form.dataset.phase;
  }

  part(name) {
    return this.#form.querySelector(`[data-${name}]`);
  }

  // The focus follows where what had it goes away.
  show(phase) {
    if (phase === this.phase) return;
    const focused = document.activeElement;
    this.#form.dataset.phase = phase;
    for (const element of this.#form.querySelectorAll("[data-in]")) {
      element.hidden = !element.dataset.in.split(" ").includes(phase);
    }
    this.part("announcement").textContent = words(`phase-${phase}`);
    if (this.#form.contains(focused) && !focused.checkVisibility()) this.#first()?.focus();
  }

  // `name` is one of the sentences on the page.
  notice(name, values) {
    this.#put(sentence(name, values), isCalm(name));
  }

  // In the words of the server.
  quote(text) {
    this.#put(text);
  }

  clear() {
    this.part("notice").replaceChildren();
  }

  #put(content, calm = false) {
    const notice = document.createElement("p");
    notice.className = calm ? "notice" : "notice notice-warning";
    notice.append(content);
    this.part("notice").replaceChildren(notice);
  }

  #first() {
    return [...this.#form.querySelectorAll("[data-first]")].find((element) => element.checkVisibility());
  }
}
