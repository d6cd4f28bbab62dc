// Keeps the take of one user, one change after the other. Where the browser has no room (or keeps
// nothing at all) it says so once and goes on without.

import * as takes from "./takes.js";
import { join } from "./webm.js";

const LONGEST = 1e6; // parts of one recording; the number of the next one begins beyond

// The sound of each recording that a take is made of.
function recordings(parts) {
  const found = new Map();
  for (const { number, data } of parts) {
    const recording = Math.floor(number / LONGEST);
    if (!found.has(recording)) found.set(recording, []);
    found.get(recording).push(data);
  }
  return [...found.values()].map((data) => new Blob(data));
}

export class Shelf {
  full = false;
  #user;
  #onFull;
  #last = Promise.resolve();

  constructor(user, onFull) {
    this.#user = user;
    this.#onFull = onFull;
  }

  save(take) {
    return this.#next(() => takes.save({ ...take, user: this.#user }));
  }

  // As bytes: browsers keep thousands of small files badly. `recording` and `part` count from 0.
  addPart(recording, part, sound, ms) {
    const number = recording * LONGEST + part;
    return this.#next(async () => takes.addPart(this.#user, number, await sound.arrayBuffer(), ms));
  }

  addFile(file) {
    return this.#next(() => takes.addPart(this.#user, 0, file, 0));
  }

  // The take and its sound, as { take, blob }, or null.
  async load() {
    await this.#last;
    try {
      const kept = await takes.load(this.#user);
      if (!kept) return null;
      const take = { ...kept.take, ms: kept.parts.at(-1).ms };
      return { take, blob: await join(recordings(kept.parts), take.type) };
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null;
    }
  }

  async clear() {
    this.full = false;
    await this.#next(() => takes.remove(this.#user));
  }

  // A part that is missing would spoil those after it: after the first failure nothing is added.
  #next(change) {
    this.#last = this.#last.then(async () => {
      if (this.full) return;
      try {
        await change();
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        this.full = true;
        this.#onFull();
      }
    });
    return this.#last;
  }
}
