// The form of a new talk: what is filled in, and sending it without leaving the page.

import { Away, SignedOut } from "./outcomes.js";

const NOT_KEPT = ["csrfmiddlewaretoken", "recording", "upload"];

export function token(form) {
  return form.elements.csrfmiddlewaretoken.value;
}

export function fields(form) {
  return [...new FormData(form)].filter(
    ([name, value]) => !NOT_KEPT.includes(name) && (typeof value === "string" || value.size > 0),
  );
}

export function giveFile(input, file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
}

export function fill(form, kept) {
  for (const [name, value] of kept) {
    const field = form.elements[name];
    if (!field) continue;
    if (value instanceof File) giveFile(field, value);
    else field.value = value;
    if (value) field.closest("details")?.setAttribute("open", "");
  }
}

// What the server found wrong with a recording is over with the next one. What it found wrong with
// other fields stays, and so does the line above the form that points there.
export function clearErrors(form) {
  const recorder = form.querySelector("[data-recorder]");
  for (const error of recorder.querySelectorAll(".wrong")) error.remove();
  recorder.querySelector(".field-wrong")?.classList.remove("field-wrong");
  for (const name of ["aria-invalid", "aria-describedby"]) form.elements.recording.removeAttribute(name);
  if (form.querySelector(".wrong")) return;
  for (const notice of form.querySelectorAll(":scope > .notice-error")) notice.remove();
}

// Rejects with `Away`, or with the reason of `signal`.
async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error instanceof TypeError ? new Away() : error;
  }
  if (answer.status >= 500 || answer.status === 429) throw new Away();
  return answer;
}

// Whoever signed in again has a new token. Throws `SignedOut` where it is nobody, or another user.
export async function renewToken(form, signal) {
  const answer = await ask(location.href, { signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-new-talk]");
  if (!fresh) throw new SignedOut("signed-out");
  if (fresh.dataset.user !== form.dataset.user) throw new SignedOut("somebody-else");
  form.elements.csrfmiddlewaretoken.value = token(fresh);
}

function filledIn(form, take) {
  const data = new FormData();
  for (const [name, value] of take.fields) data.append(name, value);
  if (!data.get("title")) data.set("title", take.title);
  data.set("csrfmiddlewaretoken", token(form));
  data.set("upload", take.address.split("/").filter(Boolean).at(-1));
  return data;
}

// The address of the talk, or the page with what is wrong, as { talk } or { page }.
export async function post(form, take, signal) {
  const answer = await ask(take.page, { method: "POST", body: filledIn(form, take), signal });
  const signIn = new URL(form.dataset.signIn, location.href).pathname;
  if (answer.status === 403 || new URL(answer.url).pathname === signIn) throw new SignedOut();
  if (answer.ok && answer.redirected) return { talk: answer.url };
  return { page: await answer.text() };
}
