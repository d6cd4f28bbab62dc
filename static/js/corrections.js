// The report is corrected in place: its parts are replaced while the player, the places scrolled
// to and the focus stay where they are.
"use strict";

const dialog = () => document.getElementById("correcting");
const bar = () => document.querySelector("[data-word-bar]");

// The word chosen in the transcript is the one the bar below it corrects.
function chooseWord(word) {
  const chosen = bar();
  if (!chosen || !word) return;
  document.querySelector("#words .chosen")?.classList.remove("chosen");
  word.classList.add("chosen");
  const link = chosen.querySelector("[data-correct-word]");
  link.href = link.href.replace(/\d+\/$/, `${word.id.slice(1)}/`);
  chosen.querySelector("[data-word-chosen]").textContent = word.textContent;
  link.setAttribute("aria-label", `${link.textContent}: ${word.textContent}`);
  chosen.hidden = false;
}

document.addEventListener("focusin", (event) => chooseWord(event.target.closest?.("#words .w")));

function openWord(url) {
  htmx.ajax("GET", url, { target: "#correcting", swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-correct-word]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !dialog()?.showModal) return;
  event.preventDefault();
  openWord(link.href);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === dialog() && !dialog().open) dialog().showModal();
});

// Nothing came back that could be shown.
function sayItFailed(event) {
  const shown = dialog();
  if (!shown || !event.target.closest?.("[data-corrects], #correcting")) return;
  shown.replaceChildren(document.getElementById("not-sent").content.cloneNode(true));
  if (!shown.open) shown.showModal();
}

document.addEventListener("htmx:responseError", sayItFailed);
document.addEventListener("htmx:sendError", sayItFailed);

// Where the reader is, before the answer replaces what is read.
let before = null;

function rowOf(button) {
  const row = button?.closest("li");
  const list = row?.closest("ul[id]");
  if (!list) return null;
  const at = [...list.children].indexOf(row);
  return { list: list.id, at, id: row.id, top: row.getBoundingClientRect().top };
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-corrects]")) return;
  before = {
    row: rowOf(event.submitter),
    scrolled: [...document.querySelectorAll("#report-rest [id]")]
      .filter((box) => box.scrollTop > 0)
      .map((box) => [box.id, box.scrollTop]),
    opened: [...document.querySelectorAll(".report details[open]")].map((box) => box.className),
  };
}, true);

// Taking out what has the focus makes the browser lay out everything twice.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.target.contains(document.activeElement)) document.activeElement.blur();
});

function rowAgain(row) {
  const list = document.getElementById(row.list);
  const same = row.id && document.getElementById(row.id);
  if (same && list?.contains(same)) return same;
  return list?.children[Math.min(row.at, list.children.length - 1)];
}

function focusOn(element) {
  if (element?.matches(".w")) focusWord(element);
  else (element?.querySelector("button") ?? element)?.focus({ preventScroll: true });
}

document.addEventListener("corrected", (event) => {
  const was = before ?? { row: null, scrolled: [], opened: [] };
  before = null;
  if (dialog()?.open) dialog().close();
  for (const [id, top] of was.scrolled) {
    const box = document.getElementById(id);
    if (box) box.scrollTop = top;
  }
  for (const box of document.querySelectorAll(".report details")) {
    if (was.opened.includes(box.className)) box.open = true;
  }
  const row = was.row && rowAgain(was.row);
  if (row) window.scrollBy(0, row.getBoundingClientRect().top - was.row.top);
  const place = event.detail.place;
  focusOn(row ?? document.getElementById(place) ?? document.getElementById("corrections-title"));
});
