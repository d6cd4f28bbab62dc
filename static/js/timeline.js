// The timeline as a slider over the recording: a click anywhere or the arrow keys move the player.
"use strict";

const STEP_SECONDS = 5;
const timeline = () => document.querySelector("[data-timeline]");
const lengthOf = (line) => Number(line.dataset.duration) / 1000;

// Without scripts it is a picture; with them, and something to play, it is more.
function offerSlider() {
  const line = timeline();
  if (!line || !player() || line.getAttribute("role") === "slider") return;
  line.setAttribute("role", "slider");
  line.setAttribute("aria-label", line.dataset.sliderLabel);
  line.setAttribute("aria-describedby", line.getAttribute("aria-labelledby"));
  line.removeAttribute("aria-labelledby");
  line.setAttribute("aria-valuemin", "0");
  line.setAttribute("aria-valuemax", String(Math.floor(lengthOf(line))));
  line.tabIndex = 0;
  sayPlace(line);
  showPlace(placeOf(player()) * 1000);
}

function asClock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(Math.floor(seconds) % 60);
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

// Not while it plays: the whole talk through a screen reader would count aloud.
function sayPlace(line) {
  const seconds = placeOf(player());
  line.setAttribute("aria-valuenow", String(Math.floor(seconds)));
  line.setAttribute("aria-valuetext", `${asClock(seconds)} / ${asClock(lengthOf(line))}`);
}

function showPlace(ms) {
  const line = timeline();
  if (!line) return;
  const place = `${Math.min(100, (ms / Number(line.dataset.duration)) * 100)}%`;
  const head = line.querySelector("[data-playhead]");
  head.setAttribute("x1", place);
  head.setAttribute("x2", place);
}

document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-timeline]");
  if (!line || event.target.closest("[data-ms]")) return;
  const box = line.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  playFrom(share * Number(line.dataset.duration));
});

function goal(key, now, end) {
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(end, now + STEP_SECONDS);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(0, now - STEP_SECONDS);
  return { Home: 0, End: end }[key];
}

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-timeline]");
  if (!line || !player() || event.altKey || event.ctrlKey || event.metaKey) return;
  const seconds = goal(event.key, placeOf(player()), lengthOf(line));
  if (seconds !== undefined) seek(player(), seconds);
  else if (event.key !== "Enter" && event.key !== " ") return;
  else if (player().paused) playFrom(placeOf(player()) * 1000);
  else player().pause();
  event.preventDefault();
  sayPlace(line);
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-timeline][role='slider']")) sayPlace(event.target);
});

document.addEventListener("played", (event) => showPlace(event.detail));
offerSlider();
document.addEventListener("htmx:afterSettle", offerSlider);
