// Own changes on their way, as they will look: a stand-in beside the note, which is hidden meanwhile. Live regions may
// be renewed at any time; what belongs there is put back before anybody sees it missing, and nothing of the server's is
// changed. What was refused is in outbox-rescue.js.
import { here, isOurs } from "./here.js";
import { fold, said } from "./outbox-fold.js";
import { stateOf, waiting } from "./outbox.js";

const PATIENCE = 5000;
const LETTERS = { fact: "F", assumption: "A", tested: "✓" };
const board = document.getElementById("board");
const address = board.dataset.note;
const words = document.getElementById("outbox-words").dataset;
const template = document.getElementById("own").content.firstElementChild;
const sheet = new CSSStyleSheet();
const stands = new Map();
const steady = new Set(); // notes that were here all the time for whoever looks: they do not arrive
let sent = []; // answered, and not on the page yet
let revision = Number(document.getElementById("live").dataset.since.split("-").pop()); // what the page shows
let ownRevision = revision; // what it shows of one's own veiled notes (veiled.js)
let style = "";
document.adoptedStyleSheets.push(sheet);

export const cellOf = (key) =>
  board.querySelector(`.cell[data-block="${CSS.escape(key ?? "")}"]`) ?? board.querySelector(".cell[data-focused]");
const noteAt = (id) => document.getElementById(`note-${id}`);

// What is said about notes changes none of them (talk.js), and no more does what one signals (signals.js).
const isOfNotes = ({ kind, canvas }) => canvas === here.canvas && kind !== "comment" && kind !== "signal";

// The notes that own changes are about, by outbox-fold.js.
export function folded() {
  const own = waiting().filter((change) => isOfNotes(change) && isOurs(change));
  // What waits behind a change that did not get through is not on its way either.
  const stuck = own.findIndex((change) => stateOf(change).is !== "saving");
  const is = (change, n) => (n > stuck && stuck >= 0 ? "unsent" : stateOf(change).is);
  const notes = fold([...sent, ...own.map((change, n) => ({ ...change, is: is(change, n) }))]);
  // The follow-up plan has a page of its own.
  for (const [id, { block }] of notes) if (block === board.dataset.plan) notes.delete(id);
  return notes;
}

// Words, tags and state into a note made from a template.
export function write(note, fields, state, icon) {
  const written = said(fields);
  const evidence = LETTERS[written.get("evidence")] && written.get("evidence");
  const side = written.get("side");
  const tags = written.getAll("segments").map((number) => ({ seg: number, k: `S${number}` }));
  mark(note, "from", side);
  mark(note, "seg", tags[0]?.seg);
  mark(note, "evidence", evidence);
  if (written.has("inclusion")) tags.push({ k: "I", kind: "i" });
  if (evidence) tags.push({ k: LETTERS[evidence], kind: evidence });
  note.querySelector(".note__tags").replaceChildren(...tags.map(tag));
  for (const name of ["text", "gives", "gets"]) put(note.querySelector(`[data-${name}]`), written.get(name) ?? "");
  // As it was typed, until the server has read it.
  const [likely, low, high] = ["amount", "amount_low", "amount_high"].map((name) => written.get(name));
  const range = low || high ? ` (${low || likely}–${high || likely})` : "";
  put(note.querySelector("[data-money]"), likely ? likely + range : "");
  put(note.querySelector("[data-state]"), state);
  note.querySelector(".note__state use").setAttribute("href", `#i-${icon}`);
}

function mark(note, name, value) {
  if (value) note.dataset[name] = value;
  else delete note.dataset[name];
}

function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function tag({ seg, k, kind }) {
  const span = document.createElement("span");
  span.className = kind ? `tag tag--${kind}` : "tag";
  span.dataset.k = k;
  if (seg) span.dataset.seg = seg;
  return span;
}

function stand(id, note) {
  const known = stands.get(id);
  // Morphing may have made a note of the server's out of it.
  const own = known?.id === `own-${id}` ? known : template.cloneNode(true);
  stands.set(id, own);
  const original = noteAt(id);
  const author = new Map(note.fields).get("author_id");
  Object.assign(own.dataset, { note: id, sync: note.is, author: original ? original.dataset.author : author || here.person });
  own.id = `own-${id}`;
  mark(own, "cluster", note.cluster ?? (note.isElsewhere ? "" : original?.dataset.cluster));
  write(own, note.fields, words[note.is === "held" ? "unsent" : note.is], note.is === "sent" ? "check" : "clock");
  // Written in the name of somebody else: that stands on it from the start.
  const person = document.querySelector(`#roster [data-member="${CSS.escape(author || "-")}"]`);
  for (const [name, known] of [[".note__initials", person?.querySelector("span").textContent], [".note__by", person?.title]]) {
    put(own.querySelector(name), original?.querySelector(name)?.textContent ?? known ?? "");
  }
  const link = own.querySelector("[data-edit]");
  link.dataset.edit = id;
  link.href = address.replace("NOTE", encodeURIComponent(id));
  link.setAttribute("aria-label", words.open.replace("{text}", own.querySelector("[data-text]").textContent));
  return own;
}

// Where the note is, or will be; among the notes that are only here where nobody knows a place.
function place(own, id, { block, before, isElsewhere }, latest) {
  const cell = cellOf(block);
  const list = cell.querySelector(".block__notes");
  const original = noteAt(id);
  if (isElsewhere && list) {
    const next = [stands.get(before), noteAt(before)].find((note) => note && list.contains(note));
    if (next) return isAhead(own, next) || next.before(own);
    const isLast = own.parentElement === list && !own.nextElementSibling?.matches(".note:not([id^=own-])");
    return isLast || list.append(own);
  }
  if (!isElsewhere && original) return own.previousElementSibling === original || original.after(own);
  const pending = cell.querySelector("[data-pending]");
  // In the order in which they are sent: another tab may have been first, and told of it later.
  const earlier = latest.get(pending);
  latest.set(pending, own);
  const isBehind = earlier && own.compareDocumentPosition(earlier) & Node.DOCUMENT_POSITION_PRECEDING;
  if (own.parentElement === pending && (!earlier || isBehind)) return;
  earlier ? earlier.after(own) : pending.append(own);
}

// Several that go to one place stand there one behind the other.
function isAhead(own, next) {
  let beyond = own.nextElementSibling;
  while (beyond && beyond !== next && beyond.matches("[id^=own-]")) beyond = beyond.nextElementSibling;
  return beyond === next;
}

function paint() {
  const notes = folded();
  const rules = [];
  const latest = new Map(); // pending list -> the stand-in put there last
  const stoodOn = document.activeElement?.closest("[id^=own-]")?.dataset.note;
  for (const [id, note] of notes) {
    const isStood = note.isNew || note.isChanged || note.isElsewhere;
    if (isStood || note.isHidden) rules.push(`#note-${CSS.escape(id)}{display:none}`);
    if (isStood && !note.isHidden) place(stand(id, note), id, note, latest);
    else leave(id);
  }
  for (const id of [...stands.keys()]) if (!notes.has(id)) leave(id);
  rules.push(...[...steady].map((id) => `#note-${CSS.escape(id)}{transition:none}`));
  restyle(rules.join(""));
  // Whoever stood on what only stood in stands on the note itself; it could not be focused before it was seen.
  if (stoodOn && !stands.has(stoodOn)) noteAt(stoodOn)?.querySelector(".note__more")?.focus({ preventScroll: true });
  observer.takeRecords();
}

// A browser looks at everything again when there is a new sheet.
function restyle(text) {
  if (text !== style) sheet.replaceSync(text);
  style = text;
}

function leave(id) {
  const own = stands.get(id);
  if (!own) return;
  stands.delete(id);
  steady.add(id);
  own.remove();
}

const observer = new MutationObserver(paint);
observer.observe(board, { childList: true, subtree: true });

const on = (name, act) => document.addEventListener(name, (event) => act(event.detail));
on("outbox:changed", paint);
on("outbox:taken", ({ change: { kind, note } }) => {
  if (kind === "add") stands.get(note)?.scrollIntoView({ block: "nearest" });
});
on("outbox:saved", ({ change, answer }) => {
  const isVeiled = Boolean(answer.note?.veiled_by);
  if (!isOfNotes(change) || answer.live <= (isVeiled ? ownRevision : revision)) return;
  const answered = { ...change, is: "sent", rev: answer.live, isVeiled };
  sent.push(answered);
  // Without a connection it stands in for longer; with one it can only have been overtaken.
  const overtaken = () => { if (document.documentElement.dataset.live === "on") arrived((each) => each === answered); };
  setTimeout(overtaken, PATIENCE);
});
on("live:fresh", (detail) => {
  ({ revision } = detail);
  arrived((each) => !each.isVeiled && each.rev <= revision);
});
on("own:fresh", (detail) => {
  ownRevision = detail.revision;
  arrived((each) => each.isVeiled && each.rev <= ownRevision);
});

function arrived(isThere) {
  sent = sent.filter((each) => !isThere(each));
  paint();
}
