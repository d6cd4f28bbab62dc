// One tab at a time works on the take of a user. Without Web Locks (a page without HTTPS, where
// nothing is recorded either) every tab may.

export class OnlyTab {
  #name;
  #release = null;

  constructor(user) {
    this.#name = `speechcoach-take-${user}`;
  }

  // Whether it is this tab from now on.
  take() {
    if (this.#release || !navigator.locks) return Promise.resolve(true);
    return this.#request({ ifAvailable: true });
  }

  // Resolves when the tab that has it lets go and this one follows.
  follow() {
    return this.#request({});
  }

  leave() {
    this.#release?.();
    this.#release = null;
  }

  #request(options) {
    return new Promise((resolve) => {
      navigator.locks.request(this.#name, options, (lock) => {
        resolve(lock !== null);
        return lock && new Promise((release) => { this.#release = release; });
      });
    });
  }
}
