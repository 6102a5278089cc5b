// Changes on their way to the server: in order, one at a time, with the same op_id until there is an answer.
// Takes over every form[data-op]. Fires on document: "outbox:queued", "outbox:saved", "outbox:refused" (detail: the
// change, and the answer) and "outbox:state" (detail: saved | saving | unsent, and how many).
const TRY_AGAIN = new Set([408, 425, 429]);
const PATIENCE = 15000;
const queue = [];
let busy = false;
let wake = () => {};

// crypto.randomUUID does not exist on http://192.168.x.x
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const waiting = () => queue.slice();

// change: kind, url, fields (FormData or pairs), note, block. Returns the queued change.
export function send({ kind, url, fields = [], note, block }) {
  const body = new URLSearchParams([...fields]);
  body.set("op_id", uuid());
  if (kind === "add") body.set("note_id", uuid());
  const change = {
    kind, url, body, tries: 0, state: "saving",
    note: note ?? body.get("note_id"),
    block: block ?? body.get("block"),
  };
  queue.push(change);
  announce("outbox:queued", change);
  pump();
  return change;
}

function announce(name, change, answer) {
  document.dispatchEvent(new CustomEvent(name, { detail: { change, answer } }));
  const unsent = queue.filter((waits) => waits.state === "unsent").length;
  const state = !queue.length ? "saved" : unsent ? "unsent" : "saving";
  document.dispatchEvent(new CustomEvent("outbox:state", { detail: { state, count: queue.length } }));
}

async function pump() {
  if (busy) return;
  busy = true;
  try {
    while (queue.length) {
      const change = queue[0];
      const answer = await post(change);
      if (answer.again) {
        change.tries += 1;
        change.state = "unsent";
        announce("outbox:waiting", change);
        await pause(change.tries, answer.after);
      } else {
        queue.shift();
        if (answer.ok) follow(change, answer.body);
        change.state = answer.ok ? "saved" : "refused";
        announce(answer.ok ? "outbox:saved" : "outbox:refused", change, answer.body);
      }
    }
  } finally {
    busy = false;
  }
}

async function post(change) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(change.url, {
      method: "POST", body: change.body, headers: { Accept: "application/json" }, signal: stop.signal,
    });
    const isJson = (answer.headers.get("content-type") || "").includes("json");
    const body = isJson ? await answer.json() : {};
    // A page instead of an answer comes from something in between, such as a hotel's sign-in page.
    const again = answer.status >= 500 || TRY_AGAIN.has(answer.status) || (answer.ok && !isJson);
    return { ok: answer.ok, again, after: Number(answer.headers.get("retry-after")) || 0, body };
  } catch {
    return { again: true, after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function pause(tries, after) {
  const longest = Math.min(10000, 500 * 2 ** (tries - 1));
  const wait = after ? after * 1000 * (1 + Math.random() / 4) : 250 + longest * Math.random();
  return new Promise((done) => {
    const timer = setTimeout(done, wait);
    wake = () => { clearTimeout(timer); done(); };
  });
}

// A later edit of the same note was written on top of this one.
function follow(change, body) {
  const version = body.note?.version;
  if (change.kind !== "edit" || !version) return;
  const base = change.body.get("base_version");
  for (const later of queue) {
    if (later.kind === "edit" && later.note === change.note && later.body.get("base_version") === base) {
      later.body.set("base_version", version);
    }
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.op) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const change = send({
    kind: form.dataset.op, url: form.getAttribute("action"), fields, note: form.dataset.note, block: form.dataset.block,
  });
  form.dispatchEvent(new CustomEvent("outbox:taken", { bubbles: true, detail: { change, form } }));
});

addEventListener("online", () => wake());
addEventListener("pageshow", () => wake());
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
document.addEventListener("live:state", (event) => { if (event.detail.state === "on") wake(); });
addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
