// Sentences stand translated on the page, as <template data-says="name">; {slots} are filled here.

export function sentence(name, values = {}) {
  const content = document.querySelector(`template[data-says="${name}"]`).content.cloneNode(true);
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
