// How long something went on, without its pauses.

export class Stopwatch {
  #before = 0;
  #since = null;

  get ms() {
    return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  start() {
    this.#since ??= performance.now();
  }

  stop() {
    this.#before = this.ms;
    this.#since = null;
  }
}

// Minutes and seconds, such as 12:05.
export function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
