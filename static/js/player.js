// Moments on the page and the player know each other: whatever carries data-ms plays from there,
// and whoever follows the talk is told where it is.
"use strict";

const player = () => document.getElementById("player");

// Chromium may never end a seek that begins during another: it waits here until that one has ended.
let nextPlace = null;
const placeOf = (media) => nextPlace ?? media.currentTime; // seconds

function seek(media, seconds) {
  if (media.seeking) nextPlace = seconds;
  else media.currentTime = seconds;
}

document.addEventListener("seeked", ({ target }) => {
  if (target !== player() || nextPlace === null) return;
  target.currentTime = nextPlace;
  nextPlace = null;
}, true);

function playFrom(ms) {
  const media = player();
  if (!media) return;
  seek(media, ms / 1000);
  document.dispatchEvent(new CustomEvent("sought"));
  media.play().catch(() => {});
}

// The player is in sight wherever the page is read, so that a link to a moment leads nowhere else.
document.addEventListener("click", (event) => {
  const moment = event.target.closest("[data-ms]");
  if (!moment || !player()) return;
  if (moment.matches("a")) event.preventDefault();
  playFrom(Number(moment.dataset.ms));
});

function tell() {
  const media = player();
  if (media) document.dispatchEvent(new CustomEvent("played", { detail: placeOf(media) * 1000 }));
}

let telling = false;

function tellOn() {
  tell();
  telling = Boolean(player() && !player().paused);
  if (telling) requestAnimationFrame(tellOn);
}

// Events of a player do not bubble.
document.addEventListener("play", (event) => {
  if (event.target === player() && !telling) tellOn();
}, true);
for (const kind of ["timeupdate", "seeked"]) {
  document.addEventListener(kind, (event) => {
    if (event.target === player()) tell();
  }, true);
}

// An address with a time, such as #t=83, is of a moment in this talk: the player waits there.
function goToAddressedMoment() {
  const time = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  const media = player();
  if (!time || !media) return;
  seek(media, Number(time[1]));
  document.dispatchEvent(new CustomEvent("sought"));
  (document.querySelector("[data-timeline]") ?? media).scrollIntoView({ block: "center" });
}

document.addEventListener("DOMContentLoaded", goToAddressedMoment); // when the others listen as well
window.addEventListener("hashchange", goToAddressedMoment);
