// Moments on the page and the player know each other: whatever carries data-ms plays from there.
"use strict";

const player = () => document.getElementById("player");
const reader = () => document.querySelector("[data-words]");

function playFrom(ms) {
  const media = player();
  if (!media) return;
  media.currentTime = ms / 1000;
  media.play().catch(() => {});
}

function timelineMoment(event, timeline) {
  const box = timeline.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  return share * Number(timeline.dataset.duration);
}

document.addEventListener("click", (event) => {
  const moment = event.target.closest("[data-ms]");
  const timeline = event.target.closest("[data-timeline]");
  const word = event.target.closest("#words .w");
  if (word) focusWord(word);
  if (moment) {
    playFrom(Number(moment.dataset.ms));
  } else if (timeline) {
    playFrom(timelineMoment(event, timeline));
  }
});

// One word is in the tab order; arrows move from word to word, Enter and space play.
function focusWord(word) {
  for (const old of reader().querySelectorAll(".w[tabindex]")) old.removeAttribute("tabindex");
  word.tabIndex = 0;
  word.focus({ preventScroll: false });
}

function neighbour(word, step) {
  const words = [...reader().querySelectorAll(".w")];
  return words[words.indexOf(word) + step];
}

document.addEventListener("keydown", (event) => {
  const word = event.target.closest?.(".w");
  if (!word) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
  if (step) {
    const next = neighbour(word, step);
    if (next) focusWord(next);
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    if (word.dataset.ms) playFrom(Number(word.dataset.ms));
    event.preventDefault();
  }
});

// While it plays: the word being said, and where on the timeline that is.
let spoken = null;

function followWord(ms) {
  const words = reader()?.querySelectorAll(".w[data-ms]") ?? [];
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(words[middle].dataset.ms) <= ms) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1] ?? null;
  if (word === spoken) return;
  spoken?.classList.remove("now");
  word?.classList.add("now");
  spoken = word;
}

function followTimeline(ms) {
  const timeline = document.querySelector("[data-timeline]");
  if (!timeline) return;
  const place = `${Math.min(100, (ms / Number(timeline.dataset.duration)) * 100)}%`;
  const head = timeline.querySelector("[data-playhead]");
  head.setAttribute("x1", place);
  head.setAttribute("x2", place);
}

document.addEventListener("timeupdate", (event) => {
  if (event.target !== player()) return;
  const ms = event.target.currentTime * 1000;
  followWord(ms);
  followTimeline(ms);
}, true);

function offerFirstWord() {
  const words = reader();
  const correctable = document.querySelector("[data-word-bar]");
  if (!(player() || correctable) || !words || words.querySelector(".w[tabindex]")) return;
  const first = words.querySelector(".w");
  if (first) first.tabIndex = 0;
}

// An address with a time, such as #t=83, is of a moment in this talk: the player waits there.
function goToAddressedMoment() {
  const time = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  const media = player();
  if (!time || !media) return;
  media.currentTime = Number(time[1]);
  media.scrollIntoView({ block: "center" });
}

goToAddressedMoment();
window.addEventListener("hashchange", goToAddressedMoment);
offerFirstWord();
document.addEventListener("htmx:afterSettle", offerFirstWord);
