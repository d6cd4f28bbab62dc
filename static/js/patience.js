// Doing something again until the server answers, waiting longer each time.

import { Away } from "./outcomes.js";

const FIRST_MS = 1000;
const LONGEST_MS = 30000;

// The network came back, or somebody does not want to wait.
const SOONER = ["online", "try-now"];

function wait(ms, signal) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const end = (settle) => () => {
      clearTimeout(timer);
      over.abort();
      settle(signal.reason);
    };
    const timer = setTimeout(end(resolve), ms);
    for (const event of SOONER) window.addEventListener(event, end(resolve), { signal: over.signal });
    signal.addEventListener("abort", end(reject), { signal: over.signal });
  });
}

// `attempt` gets a function to call whenever it got on. `onWait` is told that we wait, and
// what the server said about it.
export async function patiently(attempt, { signal, onWait }) {
  let failures = 0;
  for (;;) {
    try {
      return await attempt(() => { failures = 0; });
    } catch (outcome) {
      if (!(outcome instanceof Away)) throw outcome;
      onWait(outcome.message);
      const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
      failures += 1;
      await wait(Math.max(growing, outcome.seconds * 1000), signal);
    }
  }
}
