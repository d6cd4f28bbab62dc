// Asking for a microphone, and for a camera beside it.

// Browsers make voices even, which falsifies how loud somebody speaks.
const SOUND = { autoGainControl: false, noiseSuppression: false, echoCancellation: false, channelCount: 1 };
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 20, max: 30 } };
const REMEMBERED = "speechcoach-microphone";

const PROBLEMS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

// Why nothing can be recorded here at all; null where it can.
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia && window.MediaRecorder ? null : "unsupported";
}

// The name of the sentence that says what went wrong.
export function problem(error) {
  return PROBLEMS[error.name] ?? "busy";
}

// Rejects with the browser's DOMException. A remembered device that is gone is no obstacle.
export function open({ device = localStorage.getItem(REMEMBERED), picture = false } = {}) {
  const deviceId = device ? { ideal: device } : undefined;
  return navigator.mediaDevices.getUserMedia({
    audio: { ...SOUND, deviceId },
    video: picture ? PICTURE : false,
  });
}

export function close(stream) {
  for (const track of stream.getTracks()) track.stop();
}

export function remember(device) {
  localStorage.setItem(REMEMBERED, device);
}

// Microphones as options of a list; the one that is open is chosen.
export async function offer(list, stream) {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const chosen = stream.getAudioTracks()[0].getSettings().deviceId;
  const options = devices
    .filter(({ kind }) => kind === "audioinput")
    .map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === chosen));
  list.replaceChildren(...options);
}
