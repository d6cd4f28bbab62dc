// The words of the transcript: the one being said is marked, and one of them is in the tab order.
"use strict";

const reader = () => document.querySelector("[data-words]");

document.addEventListener("click", (event) => {
  const word = event.target.closest("#words .w");
  if (word) focusWord(word);
});

// Arrows move from word to word, Enter and space play.
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

function offerFirstWord() {
  const words = reader();
  const correctable = document.querySelector("[data-word-bar]");
  if (!(player() || correctable) || !words || words.querySelector(".w[tabindex]")) return;
  const first = words.querySelector(".w");
  if (first) first.tabIndex = 0;
}

offerFirstWord();
document.addEventListener("htmx:afterSettle", offerFirstWord);

// Looked up once for each transcript that comes into the page, not for each moment.
let timed = { box: null, words: [], starts: [] };

function timedWords() {
  const box = reader();
  if (timed.box !== box) {
    const words = box ? [...box.querySelectorAll(".w[data-ms]")] : [];
    timed = { box, words, starts: words.map((word) => Number(word.dataset.ms)) };
  }
  return timed;
}

function wordAt(ms) {
  const { words, starts } = timedWords();
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= ms) low = middle + 1;
    else high = middle;
  }
  return words[low - 1] ?? null;
}

function inSight(word) {
  const box = reader().getBoundingClientRect();
  const place = word.getBoundingClientRect();
  return place.top >= box.top && place.bottom <= box.bottom;
}

// The box of words goes with the talk unless its reader has scrolled elsewhere; the page stays.
function bringIntoSight(word) {
  const box = reader();
  const above = word.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += above - box.clientHeight / 4;
}

let spoken = null;
let sought = false;

document.addEventListener("sought", () => {
  sought = true;
});

document.addEventListener("played", (event) => {
  const word = wordAt(event.detail + 1); // a player may be some microseconds short of a word
  if (word === spoken) return;
  const follows = sought || (spoken?.isConnected && inSight(spoken));
  spoken?.classList.remove("now");
  word?.classList.add("now");
  if (word && follows && !inSight(word)) bringIntoSight(word);
  spoken = word;
  sought = false;
});
