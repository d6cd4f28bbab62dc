// A take goes to the server and becomes a talk, however long that takes.

import { Delivered, SignedOut } from "./outcomes.js";
import { patiently } from "./patience.js";
import { post, renewToken, token } from "./talk_form.js";
import { Upload } from "./tus.js";

// Once more with the token of the latest sign-in. Throws `SignedOut` where that does not help.
async function signedIn(form, signal, act) {
  try {
    return await act();
  } catch (outcome) {
    if (!(outcome instanceof SignedOut)) throw outcome;
    await renewToken(form, signal);
    return act();
  }
}

// Where the answer to the form got lost, the talk may be there.
async function once(act) {
  try {
    return await act();
  } catch (outcome) {
    if (!(outcome instanceof Delivered)) throw outcome;
    return { talk: outcome.talk };
  }
}

// Resolves to { talk } or { page } as `post` does; throws an outcome, or the reason of `signal`.
export function deliver({ form, shelf, take, blob, signal, onSent, onWait }) {
  const upload = new Upload(blob, {
    create: form.dataset.uploads,
    address: take.address,
    name: take.name,
    type: take.type,
    token: () => token(form),
    signal,
    onSent,
    onAddress: (address) => { take.address = address; return shelf.save(take); },
  });
  const attempt = async (gotOn) => {
    await upload.finish(gotOn);
    return post(form, take, signal);
  };
  return patiently((gotOn) => signedIn(form, signal, () => once(() => attempt(gotOn))), { signal, onWait });
}
