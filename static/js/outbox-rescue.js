// What could not be saved, and what somebody else wrote on this device and could not send: it stays in its block, with
// its text and the reason, until somebody has done something about it.
import { keep } from "./drafts.js";
import { here, isOurs, PAGE, uuid } from "./here.js";
import { cellOf, write } from "./outbox-notes.js";
import { drop, refresh, refused, send, waiting } from "./outbox.js";
import { take } from "./store.js";
import { toast } from "./board-toast.js";

const words = document.getElementById("outbox-words").dataset;
const { plan } = document.getElementById("board").dataset; // what is written there can be saved on its own page
const template = document.getElementById("kept").content.firstElementChild;
const shown = new Map(); // op -> its place on the page
const isText = (change) => change.body.some(([name]) => name === "text");
const isVote = ({ kind }) => kind === "vote";
const isLater = (code) => code === "writing_closed"; // stage.js sends it then

// Of this canvas, in order.
export function kept() {
  const others = waiting().filter((change) => !isOurs(change) && isText(change));
  return [...refused(), ...others].filter((change) => change.canvas === here.canvas);
}

// What is shown of it. Of a vote there is nothing to be copied or written anew.
function fields({ body, was, ...change }) {
  if (!isVote(change)) return body;
  const text = new Map(was?.fields).get("text") ?? "…";
  return [["text", words[new Map(body).get("value") === "1" ? "vote" : "unvote"].replace("{text}", text)]];
}

function show() {
  const changes = kept();
  for (const change of changes) {
    if (shown.has(change.op)) continue;
    const note = template.cloneNode(true);
    note.change = change;
    write(note, fields(change), reason(change), "x");
    if (isVote(change)) for (const button of note.querySelectorAll("[data-copy],[data-renew]")) button.remove();
    if (isLater(change.refused?.code) || change.block === plan) note.querySelector("[data-renew]")?.remove();
    shown.set(change.op, note);
    cellOf(change.block).querySelector("[data-pending]").append(note);
  }
  for (const [op, note] of shown) {
    if (changes.some((change) => change.op === op)) continue;
    note.remove();
    shown.delete(op);
  }
}

// What is gone is said in the language of now.
const told = ({ code, reason: said }) => (code === "note_gone" ? words.gone : said || words.refused);
const reason = ({ refused: why, name }) =>
  why ? `${words.refused}: ${told(why)}` : words.others.replace("{name}", name);

function copy(note) {
  const area = document.createElement("textarea");
  area.value = note.querySelector("[data-text]").textContent;
  area.className = "visually-hidden";
  note.append(area);
  area.select();
  // navigator.clipboard does not exist on http://192.168.x.x
  const done = document.execCommand("copy");
  area.remove();
  if (done) toast(words.copied);
}

// A note deleted under an edit is written anew as it is; what was refused from the start needs another look.
async function renew(change) {
  const form = document.getElementById("add");
  if (change.kind === "edit" && change.refused) {
    const fields = change.body.filter(([name]) => name !== "base_version" && name !== "block");
    send({ kind: "add", url: form.getAttribute("action"), fields: [...fields, ["block", change.block]] });
  } else {
    document.dispatchEvent(new CustomEvent("compose:again", { detail: { change } }));
    await keep(form);
  }
  drop(change);
}

async function discard({ seq, ...change }) {
  await drop({ seq });
  const act = () => take(change).then(refresh);
  toast(words.discarded, { label: words.undo, act });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy],[data-renew],[data-drop]");
  const note = button?.closest("[data-pending]>[data-sync]");
  if (!note) return;
  if ("copy" in button.dataset) copy(note);
  else if ("drop" in button.dataset) discard(note.change);
  else renew(note.change);
});

document.addEventListener("outbox:changed", show);
document.addEventListener("outbox:refused", ({ detail: { change, answer } }) => {
  if (!isText(change) && !change.isAgain) toast(answer.reason || words.refused);
});
document.addEventListener("outbox:again", () => toast(words.again));

// What was being written about a note that is gone by now cannot be opened where it was.
document.addEventListener("draft:found", async ({ detail: drafts }) => {
  for (const draft of drafts) {
    const note = draft.draft.startsWith("edit:") && draft.draft.slice(5);
    const isThere = document.getElementById(`note-${note}`) || waiting().some((change) => change.note === note);
    if (!note || isThere) continue;
    const { canvas, workshop, person, name, url, block, fields, key } = draft;
    const where = { canvas, workshop, person, name, url, block, note };
    const why = { code: "note_gone", reason: words.gone };
    await take({ ...where, op: uuid(), kind: "edit", body: fields, page: PAGE, tried: 0, refused: why }, key);
  }
  if (drafts.length) refresh();
});
