// A file goes to the server in pieces by the tus protocol 1.0.0, and goes on from where it stopped.

import { exchange } from "./exchange.js";
import { Away, Gone } from "./outcomes.js";

const PIECE = 1 << 20; // bytes: what proxies let through as they come
const VERSION = { "Tus-Resumable": "1.0.0" };

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function metadata({ name, type }) {
  return `filename ${base64(name)},filetype ${base64(type || "application/octet-stream")}`;
}

export class Upload {
  #blob;
  #job;

  // `job`: `create` (where uploads are made), `address` (of the one begun, or null), `name`,
  // `type`, `token()` for forms, `signal`, `onAddress` and `onSent` (bytes).
  constructor(blob, job) {
    this.#blob = blob;
    this.#job = job;
  }

  // Sends what is missing and returns the address. Throws an outcome; after `Away` it may be
  // called again. `gotOn` is called with every piece that arrived.
  async finish(gotOn = () => {}) {
    let offset = await this.#begun();
    while (offset < this.#blob.size) {
      offset = await this.#send(offset);
      gotOn();
    }
    return this.#job.address;
  }

  // The offset to go on from. An upload the server has forgotten is made anew.
  async #begun() {
    if (this.#job.address) {
      try {
        return this.#reached(await this.#ask("HEAD", this.#job.address));
      } catch (outcome) {
        if (!(outcome instanceof Gone)) throw outcome;
      }
    }
    const made = await this.#ask("POST", this.#job.create, {
      "Upload-Length": this.#blob.size,
      "Upload-Metadata": metadata(this.#job),
    });
    this.#job.address = new URL(made.getResponseHeader("Location"), location.href).pathname;
    await this.#job.onAddress(this.#job.address);
    return 0;
  }

  // A file that changed meanwhile cannot be read: a DOMException of the browser.
  async #send(offset) {
    const body = await this.#blob.slice(offset, offset + PIECE).arrayBuffer();
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset };
    const onSent = (sent) => this.#job.onSent(offset + sent);
    try {
      return this.#reached(await this.#ask("PATCH", this.#job.address, headers, { body, onSent }));
    } catch (outcome) {
      throw outcome instanceof Gone ? new Away() : outcome; // begun anew at the next attempt
    }
  }

  #reached(answer) {
    const offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.#job.onSent(offset);
    return offset;
  }

  #ask(method, address, headers = {}, rest = {}) {
    const { signal, token } = this.#job;
    return exchange(method, address, {
      headers: { ...VERSION, "X-CSRFToken": token(), ...headers },
      signal,
      ...rest,
    });
  }
}

// Lets the server forget an upload. Nobody waits: what is forgotten nowhere goes by itself.
export function forget(address, token) {
  fetch(address, { method: "DELETE", keepalive: true, headers: { ...VERSION, "X-CSRFToken": token } }).catch(() => {});
}
