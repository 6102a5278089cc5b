// How what is new comes here: as a stream that stays open, or as one answer. live.js decides which, and when.
const SILENCE = 35000; // the server says something every 15 s
const PATIENCE = 8000;

// Answered, but not with what was asked for; status 0: by something in between, such as a hotel's sign-in page.
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

// Waits, or returns at once when the signal ends it.
export function pause(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(finish, milliseconds);
    function finish() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      done();
    }
    if (signal?.aborted) finish();
    else signal?.addEventListener("abort", finish);
  });
}

// Calls take with the messages that are here, in order, until the stream ends. Reads on when take is done: meanwhile they
// gather. Fails when the stream breaks or falls silent.
export function listen(address, since, signal, take) {
  return within(signal, async (own, hold) => {
    hold(SILENCE);
    const answer = await request(address, { since }, own, "text/event-stream");
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      hold(SILENCE);
      const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop();
      if (parts.length) await take(parts.map(message));
    }
  });
}

// The same as one answer, which comes with the first news, or after so many seconds.
export function ask(address, since, wait, signal, take) {
  return within(signal, async (own, hold) => {
    hold(wait * 1000 + PATIENCE);
    const answer = await request(address, { since, wait }, own, "text/plain");
    await take((await answer.text()).split("\n\n").filter(Boolean).map(message));
  });
}

// Ends with the signal, or when nothing has happened for as long as hold said last.
async function within(signal, act) {
  const own = new AbortController();
  const end = () => own.abort();
  let timer = 0;
  const hold = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(end, milliseconds);
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  try {
    await act(own.signal, hold);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    end();
  }
}

async function request(address, query, signal, type) {
  const url = `${address}?${new URLSearchParams(query)}`;
  const answer = await fetch(url, { headers: { Accept: type }, cache: "no-store", signal });
  if (!answer.ok) throw new Refused(answer.status);
  if (!(answer.headers.get("content-type") || "").startsWith(type)) throw new Refused(0);
  return answer;
}

function message(text) {
  const fields = { event: "", id: "" };
  const lines = [];
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") lines.push(value);
    else fields[name] = value;
  }
  return { event: fields.event, id: fields.id, data: lines.join("\n") };
}
