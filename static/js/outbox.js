// Changes on their way to the server: kept on the device first, then sent in order, one at a time for each canvas,
// with the same op_id until there is an answer. Several pages of a browser share the queue; each sends nothing but the
// first change of a canvas, so the worst that two of them do is to send the same one, which its op_id makes one.
// Takes over every form[data-op], and fires "outbox:taken" on it. Fires on document: "outbox:changed", "outbox:saved"
// and "outbox:refused" (detail: the change, and the answer), "outbox:state" (detail: saved | saving | unsent, a count),
// and "outbox:again", when the server went back to a backup and gets again what it had taken.
import { keyOf } from "./drafts.js";
import { BEFORE, here, isOurs, PAGE, uuid } from "./here.js";
import { follow } from "./outbox-follow.js";
import { noteOf } from "./outbox-fold.js";
import { backoff, post } from "./outbox-post.js";
import { changes as kept, remind, revise, take } from "./store.js";

const SLOW = 4000; // a change without an answer for so long is not sent yet
const TURN = 5000; // for so long after a try of another page it is that page's turn
const told = window.BroadcastChannel && new BroadcastChannel("kanvas-outbox");
const states = new Map(); // op -> { is: saving | unsent | held, tries, reason, code }
const running = new Map(); // canvas -> cut(isUrgent), which ends what is waited for
let list = [];
let epoch = document.getElementById("live").dataset.since.replace(/-\d+$/, ""); // the life of the server's database

export const stateOf = (change) => states.get(change.op) ?? { is: "unsent", tries: 0 };
// What is on its way, and what was refused; whoever's, in order.
export const waiting = () => list.filter((change) => !change.refused);
export const refused = () => list.filter((change) => change.refused);

// change: kind, url, fields (FormData or pairs), note (or notes), block, was (the note before). draft: the key of the one this
// was. Returns the queued change.
export function send({ kind, url, fields = [], note, notes, block, was }, draft) {
  const body = new URLSearchParams([...fields]);
  const op = uuid();
  body.set("op_id", op);
  if (kind === "add") body.set("note_id", uuid());
  const change = {
    ...here, op, kind, url, page: PAGE, tried: Date.now(), body: [...body], was: was ?? noteOf(note),
    note: note ?? body.get("note_id"), notes, block: block ?? body.get("block"),
  };
  states.set(op, { is: "saving", tries: 0 });
  list.push(change);
  announce();
  take(change, draft).then(() => {
    told?.postMessage({});
    pump(change.canvas);
  });
  return change;
}

export async function drop({ seq }) {
  await revise(() => ({ remove: [seq] }));
  told?.postMessage({});
  await refresh();
}

// What was refused for a while is sent again as the same change: once, however many pages do.
export async function retry(change) {
  await rewrite(change, { refused: undefined });
  await refresh();
  pump(change.canvas);
}

export async function refresh() {
  const found = await kept();
  const known = new Set(found.map((change) => change.op));
  list = [...found, ...list.filter((change) => !change.seq && !known.has(change.op))];
  announce();
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

function announce() {
  tell("outbox:changed");
  const own = waiting().filter(isOurs);
  const isUnsent = own.some((change) => stateOf(change).is !== "saving");
  tell("outbox:state", { state: isUnsent ? "unsent" : own.length ? "saving" : "saved", count: own.length });
}

async function pump(canvas) {
  if (running.has(canvas)) return;
  running.set(canvas, () => {});
  const next = () => waiting().find((change) => change.seq && change.canvas === canvas && isOurs(change));
  try {
    await refresh();
    while (next() && (await advance(next()))) await refresh();
  } finally {
    running.delete(canvas);
  }
}

// Returns whether to go on.
async function advance(change) {
  const ago = Date.now() - change.tried;
  if (![PAGE, BEFORE].includes(change.page) && ago >= 0 && ago < TURN) return pause(change.canvas, TURN - ago);
  const state = stateOf(change);
  states.set(change.op, state);
  if (state.tries || change.page !== PAGE) await rewrite(change, { page: PAGE, tried: Date.now() });
  const answer = await attempt(change, state);
  if (answer.is === "ok") await settle(change, answer);
  else if (answer.is === "refused") await refuse(change, answer);
  else return wait(change, state, answer);
  return true;
}

async function attempt(change, state) {
  const stop = new AbortController();
  const began = performance.now();
  // A link that hangs is not worth waiting for when there is a new one.
  running.set(change.canvas, (isUrgent) => { if (isUrgent && performance.now() - began > SLOW / 2) stop.abort(); });
  const late = setTimeout(() => { state.is = "unsent"; announce(); }, SLOW);
  const answer = await post(change, here.person, stop.signal);
  clearTimeout(late);
  return answer;
}

function wait({ canvas }, state, { is, code, reason, after }) {
  Object.assign(state, { is: is === "held" ? is : "unsent", code, reason, tries: state.tries + 1 });
  announce();
  return is !== "held" && pause(canvas, backoff(state.tries, after));
}

function pause(canvas, milliseconds) {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds, true);
    running.set(canvas, () => { clearTimeout(timer); done(true); });
  });
}

function rewrite({ op }, part) {
  return revise((all) => ({ put: all.filter((each) => each.op === op).map((each) => ({ ...each, ...part })) }));
}

// Another page may have had the same answer before.
async function settle(change, answer) {
  await revise((all) => {
    const isHere = all.some((each) => each.op === change.op);
    // A server that went back to a backup is not told again that a hand was up.
    if (change.kind === "signal") return { remove: [change.seq] };
    return isHere ? { taken: [{ ...change, epoch }], put: follow(change, answer.note, all) } : {};
  });
  tell("outbox:saved", { change, answer });
  told?.postMessage({ change, answer });
}

// A text or a vote stays until somebody decides what becomes of it.
async function refuse(change, { code, reason }) {
  const isKept = change.kind === "vote" || change.body.some(([name]) => name === "text");
  await (isKept ? rewrite(change, { refused: { code, reason } }) : revise(() => ({ remove: [change.seq] })));
  told?.postMessage({});
  tell("outbox:refused", { change, answer: { code, reason } });
}

// A server that went back to a backup lacks what it has taken since. It gets all of it again; what it has, it knows by
// its op_id.
async function offerAgain() {
  const isLacking = (change) => change.canvas === here.canvas && isOurs(change) && change.epoch !== epoch;
  if (await remind(isLacking)) tell("outbox:again");
  await refresh();
  wake();
}

// Something has happened that makes another try worth while.
function wake(isUrgent = true) {
  for (const cut of [...running.values()]) cut(isUrgent);
  for (const canvas of new Set(waiting().filter(isOurs).map((change) => change.canvas))) pump(canvas);
}

told?.addEventListener("message", async ({ data }) => {
  if (data.answer) tell("outbox:saved", data);
  await refresh();
  wake(false);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.op) return;
  event.preventDefault();
  const { op: kind, note, block } = form.dataset;
  const fields = new FormData(form, event.submitter);
  const change = send({ kind, url: form.getAttribute("action"), fields, note, block }, keyOf(form));
  form.dispatchEvent(new CustomEvent("outbox:taken", { bubbles: true, detail: { change, form } }));
});

addEventListener("online", () => wake());
addEventListener("pageshow", () => wake());
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
document.addEventListener("live:state", (event) => { if (event.detail.state === "on") wake(); });
document.addEventListener("live:fresh", ({ detail }) => {
  if (detail.epoch === epoch) return;
  epoch = detail.epoch;
  offerAgain();
});
offerAgain();
