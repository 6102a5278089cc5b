// The note picked up: its editor comes from the server or is made here, into #editor, outside every live region, and is
// laid beside its block.
import { send } from "./outbox.js";
import { goTo, holdBack } from "./board-back.js";
import { awaitNote, cover, enter, noteAt, remember, stand } from "./board-place.js";
import { say, toast, words } from "./board-toast.js";
import { forget, keyOf, recall } from "./drafts.js";
import { editorHere, isOnItsWay } from "./editor-here.js";
import { here } from "./here.js";
import { enterSaves } from "./writing.js";

const slot = document.getElementById("editor");
const isPhone = matchMedia("(max-width:63.99rem)");
const editor = () => slot.firstElementChild;
const snapshot = (form) => {
  const fields = new FormData(form);
  // Follows own changes that arrive meanwhile.
  fields.delete("base_version");
  return new URLSearchParams(fields).toString();
};
const PATIENCE = 2000;
let asked = 0;
let original = "";

// None when there is no answer soon.
async function fetched(url) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" }, signal: stop.signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  clearTimeout(timer);
  return answer.ok ? page.querySelector("[data-editor]") : null;
}

async function open({ href, dataset: { edit: id } }) {
  const turn = ++asked;
  const isAlone = isOnItsWay(id) || document.documentElement.dataset.live === "off";
  const content = (!isAlone && (await fetched(href).catch(() => null))) || editorHere(id);
  if (turn !== asked) return;
  if (!content) return toast(words.unopened);
  show(content);
  original = snapshot(edit());
  content.querySelector("[data-recalled]").hidden = !recall(edit());
  toEnd();
}

const linkTo = (id) => document.querySelector(`a[data-edit="${CSS.escape(id)}"]`);
const edit = () => editor().querySelector("form[data-op=edit]");

function show(content) {
  slot.replaceChildren(content);
  cover();
  remember(content.dataset.editor);
  holdBack();
  lay();
  toEnd();
}

function toEnd() {
  const { text } = edit().elements;
  text.focus({ preventScroll: true });
  text.setSelectionRange(text.value.length, text.value.length);
}

// Beside the block on the side with more room, level with the note.
function lay() {
  if (isPhone.matches || !slot.offsetParent) return;
  const frame = slot.offsetParent.getBoundingClientRect();
  const cell = document.querySelector(`.cell[data-block="${CSS.escape(editor().dataset.block)}"]`).getBoundingClientRect();
  const note = noteAt(editor().dataset.editor)?.getBoundingClientRect();
  const size = slot.getBoundingClientRect();
  const isLeft = cell.left + cell.width / 2 < frame.left + frame.width / 2;
  const wanted = isLeft ? cell.right + 8 : cell.left - size.width - 8;
  const x = Math.max(8, Math.min(wanted - frame.left, frame.width - size.width - 8));
  slot.style.setProperty("--x", `${x}px`);
  standAt((note ?? cell).top - frame.top);
  slot.toggleAttribute("data-flip", x + size.width + 310 > frame.width && x > 310);
}

// As low as its foot can be seen.
function standAt(y) {
  const lowest = slot.parentElement.clientHeight - slot.offsetHeight - 8;
  slot.style.setProperty("--y", `${Math.max(8, Math.min(y, lowest))}px`);
}

function close() {
  asked += 1;
  slot.replaceChildren();
  cover();
  stand();
}

function cancel() {
  const left = editor();
  const form = edit();
  const isChanged = snapshot(form) !== original;
  close();
  document.dispatchEvent(new CustomEvent("draft:left", { detail: { form } }));
  if (isChanged) toast(words.unsaved, { label: words.resume, act: () => show(left) });
}

// Others go on working while somebody writes: say so, touch nothing.
function compare() {
  const open = editor();
  if (!open) return;
  const note = document.getElementById(`note-${open.dataset.editor}`);
  const base = edit().elements.base_version.value;
  const isChanged = note && note.dataset.version !== base;
  open.querySelector("[data-gone]").hidden = Boolean(noteAt(open.dataset.editor));
  open.querySelector("[data-changed]").hidden = !isChanged;
  if (isChanged) nameWhoever(open, note.dataset.version);
}

// Who it was and what stands there now: a question of its own, since live regions know nothing of editors.
async function nameWhoever(open, version) {
  if (open.dataset.seen === version) return;
  open.dataset.seen = version;
  const fresh = await fetched(edit().getAttribute("action")).catch(() => null);
  const told = fresh?.querySelector("[data-changed-by]").content;
  if (told?.textContent && open.dataset.seen === version) open.querySelector("[data-changed]").replaceChildren(told);
}

document.addEventListener("live:fresh", compare);
document.addEventListener("outbox:saved", ({ detail: { change, answer: { note } } }) => {
  if (change.canvas !== here.canvas || change.kind !== "edit" || note.conflict_of !== change.note) return;
  const choose = () => { goTo(note.block); open(linkTo(note.conflict_of)); };
  toast(words.both, { label: words.choose, act: choose });
});
addEventListener("resize", () => { if (editor()) lay(); });
// It grows by what it has to say, and a band above leaves less room; it moves no further than it must.
const room = new ResizeObserver(() => { if (editor() && !isPhone.matches) standAt(slot.offsetTop); });
for (const part of [slot, slot.parentElement]) room.observe(part);

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest("a[data-edit]");
  if (link) {
    event.preventDefault();
    open(link);
  } else if (event.target.closest("#editor [data-forget]")) {
    const { editor: id } = editor().dataset;
    forget(edit().dataset.draft);
    open(linkTo(id));
  } else if (editor() && event.target.closest("#editor a[data-cancel]")) {
    event.preventDefault();
    cancel();
  }
});

slot.addEventListener("keydown", (event) => {
  const moves = editor()?.querySelector(".moves");
  if (event.key === "Escape" && moves?.open) {
    moves.open = false;
    moves.querySelector("summary").focus();
  } else if (event.key === "Escape") cancel();
  else if (event.target.name === "text") enterSaves(event);
  else if (moves?.open && moves.contains(event.target)) moves.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// Whoever moves a note, or chooses it, means it with the words they have just written into it.
slot.addEventListener("submit", ({ target }) => {
  const form = edit();
  if (target === form || !(target.dataset.op === "move" || target.matches(".editor__rival"))) return;
  if (snapshot(form) === original || !form.checkValidity()) return;
  const { note, block } = form.dataset;
  send({ kind: "edit", url: form.getAttribute("action"), fields: new FormData(form), note, block }, keyOf(form));
  forget(form.dataset.draft);
}, { capture: true });

slot.addEventListener("toggle", () => {
  const moves = editor()?.querySelector(".moves[open]");
  if (moves) enter(moves, moves.querySelector("button:not(:disabled)"));
}, true);

// The editor closes before anything beneath it is asked.
document.addEventListener("board:back", (event) => {
  if (!editor()) return;
  event.preventDefault();
  cancel();
}, { capture: true });

document.addEventListener("outbox:taken", (event) => {
  const { form, change } = event.detail;
  const isPressed = Boolean(form.querySelector("button:focus-visible"));
  if (slot.contains(form)) close();
  if (form.dataset.undo) offerUndo(form.dataset.undo, change, isPressed);
  else if (change.kind === "move") say(`${words.moved} ${nameOf(change.block)}`);
});

const nameOf = (block) => document.querySelector(`.cell[data-block="${CSS.escape(block)}"] .block__focus`).textContent;

function offerUndo(url, { kind, note, was }, isPressed) {
  const act = () => {
    send({ kind: kind === "hide" ? "show" : "restore", url, note, was });
    awaitNote(note);
  };
  toast(kind === "hide" ? words.hidden : words.deleted, { label: words.undo, act }, isPressed);
}
