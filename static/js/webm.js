// Recordings one after the other become one. What browsers write as WebM is a stream: a head, then
// clusters that each say when they begin, in ms, followed by their blocks.

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const BEGINS = 0xe7;
const BLOCK = 0xa3;
const OPENED = [SEGMENT, CLUSTER]; // their contents are walked through; they may have no stated end
const CLUSTER_HEAD = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

// A number of EBML: the zeros it begins with say how many bytes follow the first.
function number(bytes, at, { marked }) {
  const length = Math.clz32(bytes[at]) - 23;
  let value = marked ? bytes[at] : bytes[at] & (0xff >> length);
  for (let next = at + 1; next < at + length; next += 1) value = value * 256 + bytes[next];
  return { value, end: at + length };
}

// The elements in order, as { id, at, body, end }; one that is cut off at the end is left out.
function* elements(bytes) {
  for (let at = 0; at < bytes.length;) {
    const id = number(bytes, at, { marked: true });
    const size = number(bytes, id.end, { marked: false });
    const end = OPENED.includes(id.value) ? size.end : size.end + size.value;
    if (!(end <= bytes.length)) return;
    yield { id: id.value, at, body: size.end, end };
    at = end;
  }
}

function unsigned(bytes, from, to) {
  return bytes.subarray(from, to).reduce((value, byte) => value * 256 + byte, 0);
}

// When it ends, in ms: as long after its last block as that is after the one before.
function length(bytes) {
  let cluster = 0;
  const times = [];
  for (const { id, body, end } of elements(bytes)) {
    if (id === BEGINS) cluster = unsigned(bytes, body, end);
    if (id !== BLOCK) continue;
    const relative = number(bytes, body, { marked: false }).end;
    times.push(cluster + new DataView(bytes.buffer, bytes.byteOffset).getInt16(relative));
  }
  const [last = 0, before = last] = times.sort((one, other) => other - one);
  return last + Math.min(100, last - before);
}

function beginning(ms) {
  const element = new Uint8Array(10);
  element.set([BEGINS, 0x88]);
  new DataView(element.buffer).setBigUint64(2, BigInt(ms));
  return element;
}

// The clusters without the head, `ms` later.
function later(bytes, ms) {
  const pieces = [];
  for (const { id, at, body, end } of elements(bytes)) {
    if (id === CLUSTER) pieces.push(CLUSTER_HEAD);
    else if (id === BEGINS) pieces.push(beginning(ms + unsigned(bytes, body, end)));
    else if (pieces.length > 0) pieces.push(bytes.subarray(at, end));
  }
  return pieces;
}

export function canJoin(type) {
  return type.endsWith("/webm");
}

const whole = (bytes) => bytes.subarray(0, [...elements(bytes)].at(-1)?.end ?? 0);

// Blobs of the same kind, of which `canJoin` holds if there are several.
export async function join(blobs, type) {
  if (blobs.length < 2) return new Blob(blobs, { type });
  const pieces = [];
  let ms = 0;
  for (const blob of blobs) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    pieces.push(...(ms === 0 ? [whole(bytes)] : later(bytes, ms)));
    ms += length(bytes);
  }
  return new Blob(pieces, { type });
}
