// How long the step that runs has been running: counted on from what the server said.
"use strict";

const begun = new WeakMap();

function countOn() {
  for (const clock of document.querySelectorAll("[data-elapsed]")) {
    if (!begun.has(clock)) begun.set(clock, performance.now() - Number(clock.dataset.elapsed));
    const seconds = Math.floor((performance.now() - begun.get(clock)) / 1000);
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

setInterval(countOn, 1000);
