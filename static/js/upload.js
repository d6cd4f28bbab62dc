// Says that a file is too large before it is sent, and that sending takes its time.
"use strict";

const form = document.querySelector("[data-upload]");
const recording = form.querySelector("input[name=recording]");
const tooLarge = form.querySelector("[data-too-large]");

function fits() {
  const file = recording.files[0];
  return !file || file.size <= Number(form.dataset.maxBytes);
}

recording.addEventListener("change", () => {
  tooLarge.hidden = fits();
});

form.addEventListener("submit", (event) => {
  if (!fits()) {
    event.preventDefault();
    recording.focus();
    return;
  }
  form.querySelector("[data-uploading]").hidden = false;
  form.querySelector("button[type=submit]").disabled = true;
});

// Coming back with the browser's back button finds the form usable again.
window.addEventListener("pageshow", () => {
  form.querySelector("[data-uploading]").hidden = true;
  form.querySelector("button[type=submit]").disabled = false;
});
