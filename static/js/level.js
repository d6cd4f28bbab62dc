// How loud a stream of sound is, from 0 (nothing) to 1, and whether it is silent for long.

const FLOOR = -60; // dBFS: below it is what a quiet room or a muted microphone gives
const FULL = -12; // dBFS: loud speech close to the microphone
const EVERY_MS = 60;

export class Level {
  #context = new AudioContext();
  #analyser = this.#context.createAnalyser();
  #samples = new Float32Array(this.#analyser.fftSize);
  #timer = null;
  #heardAt = performance.now();

  // `onLevel` is told the level; `onSilence` whether it has been silent for `patience` ms.
  constructor(stream, { patience, onLevel, onSilence }) {
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    let silent = false;
    this.#timer = setInterval(() => {
      const level = this.#measure();
      if (level > 0 || this.#context.state !== "running") this.#heardAt = performance.now();
      onLevel(level);
      const was = silent;
      silent = performance.now() - this.#heardAt > patience;
      if (silent !== was) onSilence(silent);
    }, EVERY_MS);
  }

  // While a recording pauses nothing has to be heard.
  forgive() {
    this.#heardAt = performance.now();
  }

  close() {
    clearInterval(this.#timer);
    this.#context.close();
  }

  #measure() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0);
    const decibels = 10 * Math.log10(power / this.#samples.length);
    return Math.min(1, Math.max(0, (decibels - FLOOR) / (FULL - FLOOR)));
  }
}
