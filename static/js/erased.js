// An account was deleted: what this browser still kept for it goes as well.

import { remove } from "./takes.js";

try {
  await remove(document.querySelector("[data-erased]").dataset.erased);
} catch (error) {
  if (!(error instanceof DOMException)) throw error; // a browser that keeps nothing has nothing
}
