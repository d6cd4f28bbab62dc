// Sentences stand translated on the page, as <template data-says="name">; {slots} are filled here.

function place(name) {
  return document.querySelector(`template[data-says="${name}"]`);
}

// Whether it is no warning.
export function isCalm(name) {
  return "calm" in place(name).dataset;
}

export function sentence(name, values = {}) {
  const content = place(name).content.cloneNode(true);
  const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.data.replace(/\{(\w+)\}/g, (slot, key) => values[key] ?? slot);
  }
  return content;
}

export function words(name, values = {}) {
  return sentence(name, values).textContent.trim();
}
