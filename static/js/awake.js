// The screen stays on while somebody speaks, where the browser can do that.

let wanted = false;
let lock = null;

async function ask() {
  try {
    lock = await navigator.wakeLock?.request("screen");
  } catch (refused) {
    lock = null; // a low battery, say: the recording goes on without
  }
  if (!wanted) letSleep();
}

export function keepAwake() {
  wanted = true;
  ask();
}

export function letSleep() {
  wanted = false;
  lock?.release();
  lock = null;
}

// A hidden page loses it.
document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") ask();
});
