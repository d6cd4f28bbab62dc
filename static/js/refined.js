// The finished report takes the place of the first findings, part by part. Who reads, listens or
// types stays where they are.
"use strict";

// What is nearest to the top of the window and may be there again. Words scroll by themselves, and
// the player is always at the top.
function landmarks() {
  if (window.scrollY === 0) return [];
  return [...document.querySelectorAll(".report [id]:not(.w, .player)")]
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => ({ id: element.id, top: element.getBoundingClientRect().top }))
    .sort((one, other) => Math.abs(one.top) - Math.abs(other.top));
}

function focusPlace() {
  const at = document.activeElement;
  const place = at?.closest("#talk [id]");
  if (!place) return null;
  return { id: place.id, href: place === at ? null : at.getAttribute("href"), was: at };
}

let reading = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Trigger-After-Settle")?.includes("refined")) {
    reading = {
      landmarks: landmarks(),
      focus: focusPlace(),
      boxes: [...document.querySelectorAll("#report-rest [id]")]
        .filter((box) => box.scrollTop > 0)
        .map((box) => [box.id, box.scrollTop]),
      opened: [...document.querySelectorAll(".report details[open]")].map((box) => box.className),
    };
  }
});

// The same element, else the link that leads there, else what the new report begins with.
function focusAgain(focus) {
  if (!focus || document.body.contains(focus.was)) return;
  const place = document.getElementById(focus.id);
  const link = focus.href && place?.querySelector(`a[href="${CSS.escape(focus.href)}"]`);
  const target = link || (focus.href ? null : place) || document.querySelector("#talk h2[tabindex]");
  if (target?.matches(".w")) focusWord(target);
  target?.focus({ preventScroll: true });
}

// At once: a key that is pressed before the parts have settled is meant for what had the focus.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (reading && event.target.id === "report-rest") focusAgain(reading.focus);
});

document.addEventListener("refined", () => {
  if (!reading) return;
  const { landmarks: before, boxes, opened } = reading;
  reading = null;
  for (const box of document.querySelectorAll(".report details")) {
    if (opened.includes(box.className)) box.open = true;
  }
  for (const [id, top] of boxes) {
    const box = document.getElementById(id);
    if (box) box.scrollTop = top;
  }
  const mark = before.find(({ id }) => document.getElementById(id));
  if (!mark) return;
  const now = document.getElementById(mark.id).getBoundingClientRect().top;
  window.scrollBy({ top: now - mark.top, behavior: "instant" });
});
