// Listening to a take before it is uploaded.

// Browsers do not write into a recording how long it is: going far beyond its end lets them look.
const BEYOND_S = 1e7;

function findLength(player) {
  if (player.duration !== Infinity) return;
  player.addEventListener("durationchange", () => { player.currentTime = 0; }, { once: true });
  player.currentTime = BEYOND_S;
}

export function hidePreview(box) {
  const player = box.firstElementChild;
  if (player) URL.revokeObjectURL(player.src);
  box.replaceChildren();
}

// A file this browser cannot play is uploaded all the same.
export function showPreview(box, blob) {
  hidePreview(box);
  const player = document.createElement(blob.type.startsWith("video/") ? "video" : "audio");
  player.controls = true;
  player.preload = "metadata";
  player.setAttribute("aria-label", box.dataset.label);
  player.addEventListener("loadedmetadata", () => findLength(player), { once: true });
  player.addEventListener("error", () => { if (player.isConnected) hidePreview(box); });
  player.src = URL.createObjectURL(blob);
  box.append(player);
}
