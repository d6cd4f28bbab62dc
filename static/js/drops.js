// Files dropped anywhere on the page: a stray one must not take the place of a page that records.

function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

// `area` is marked with data-over meanwhile. `onFile` gets the first of them.
export function takeDrops(area, onFile, { signal }) {
  const mark = (over) => area.toggleAttribute("data-over", over);
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  }, { signal });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(false);
  }, { signal });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
    onFile(event.dataTransfer.files[0]);
  }, { signal });
}
