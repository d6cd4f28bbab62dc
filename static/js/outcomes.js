// What comes of a request, named for what to do next.

// Nothing came back, or the server has trouble: ask again, after `seconds` if it said so. The
// message is the server's own sentence, which may be empty.
export class Away extends Error {
  constructor(message = "", seconds = 0) {
    super(message);
    this.seconds = seconds;
  }
}

// Whoever was signed in is not, or the page is older than the last sign-in. `sentence` says which.
export class SignedOut extends Error {
  constructor(sentence = "signed-out") {
    super();
    this.sentence = sentence;
  }
}

// The server knows nothing of this upload, or not any more.
export class Gone extends Error {}

// A talk was made of this upload already; `talk` is its address.
export class Delivered extends Error {
  constructor(talk) {
    super();
    this.talk = talk;
  }
}

// The server does not take it; the message is its own sentence, which may be empty.
export class Refused extends Error {}
