// One request of an upload: it reports how much has been sent, and gives up when nothing moves.

import { Away, Delivered, Gone, Refused, SignedOut } from "./outcomes.js";

const STALLED_MS = 45000;
const LATER = [0, 408, 409, 423, 425, 429];

function path(address) {
  return new URL(address, location.href).pathname;
}

// In the words of the server, for the person; empty where it says nothing for people.
function said(request) {
  const plain = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
  return plain ? request.responseText : "";
}

// Returns the answered XMLHttpRequest, or throws an outcome.
function judged(request, address) {
  const { status } = request;
  const header = (name) => request.getResponseHeader(name);
  if (LATER.includes(status) || status >= 500) throw new Away(said(request), Number(header("Retry-After")) || 0);
  if (status === 401 || status === 403 || path(request.responseURL) !== path(address)) throw new SignedOut();
  if (status === 410 && header("Location")) throw new Delivered(header("Location"));
  if (status === 404 || status === 410) throw new Gone();
  if (status >= 400) throw new Refused(said(request));
  return request;
}

// `signal` ends it, with the signal's reason. `onSent` is told bytes of `body`.
export function exchange(method, address, { headers, body = null, signal, onSent = () => {} }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const moving = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALLED_MS);
    };
    const stop = () => request.abort();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => { moving(); onSent(loaded); });
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      try {
        signal.throwIfAborted();
        resolve(judged(request, address));
      } catch (outcome) {
        reject(outcome);
      }
    });
    signal.addEventListener("abort", stop);
    moving();
    request.send(body);
  });
}
