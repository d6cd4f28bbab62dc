// What was recorded or chosen, kept in this browser until the server has made a talk of it.
//
// A take is { user, name, type, title, ms, fields, whole, recording, page, address, sending, refused }.
// Its sound is kept apart, in numbered parts: recordings as they grow, a chosen file as a single one.

const DATABASE = "speechcoach";
let database = null;

function opened() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("takes", { keyPath: "user" });
      request.result.createObjectStore("parts", { keyPath: ["user", "number"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return database;
}

// Rejects with the browser's DOMException, QuotaExceededError where there is no room.
async function write(change) {
  const transaction = (await opened()).transaction(["takes", "parts"], "readwrite");
  change(transaction.objectStore("takes"), transaction.objectStore("parts"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const partsOf = (user) => IDBKeyRange.bound([user], [user, []]);

export function save(take) {
  return write((takes) => takes.put(take));
}

// `data` is a Blob or an ArrayBuffer, `ms` how long the take is with it.
export function addPart(user, number, data, ms) {
  return write((takes, parts) => parts.put({ user, number, data, ms }));
}

export function remove(user) {
  return write((takes, parts) => {
    takes.delete(user);
    parts.delete(partsOf(user));
  });
}

// The take of this user and its parts in order, or null.
export async function load(user) {
  const transaction = (await opened()).transaction(["takes", "parts"]);
  const [take, parts] = await Promise.all([
    answered(transaction.objectStore("takes").get(user)),
    answered(transaction.objectStore("parts").getAll(partsOf(user))),
  ]);
  return take && parts.length > 0 ? { take, parts } : null;
}
