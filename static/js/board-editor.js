// The note picked up: its editor is fetched into #editor, outside every live region, and laid beside its block.
import { send } from "./outbox.js";
import { holdBack } from "./board-back.js";
import { awaitNote, remember, stand } from "./board-place.js";
import { say, toast, words } from "./board-toast.js";
import { enterSaves } from "./board-composer.js";

const slot = document.getElementById("editor");
const isPhone = matchMedia("(max-width:63.99rem)");
const editor = () => slot.firstElementChild;
const snapshot = (form) => new URLSearchParams(new FormData(form)).toString();
let asked = 0;
let original = "";

async function fetched(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" } });
  if (answer.redirected) location.assign(answer.url);
  if (answer.redirected || !answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
}

async function open(link) {
  const turn = ++asked;
  const content = await fetched(link.href).catch(() => null);
  if (!content) return toast(words.unopened);
  if (turn !== asked) return;
  show(content);
  original = snapshot(edit());
}

const edit = () => editor().querySelector("form[data-op=edit]");

function show(content) {
  slot.replaceChildren(content);
  remember(content.dataset.editor);
  holdBack();
  lay();
  const text = edit().elements.text;
  text.focus({ preventScroll: true });
  text.setSelectionRange(text.value.length, text.value.length);
}

// Beside the block on the side with more room, level with the note.
function lay() {
  if (isPhone.matches) return;
  const frame = slot.offsetParent.getBoundingClientRect();
  const cell = document.querySelector(`.cell[data-block="${CSS.escape(editor().dataset.block)}"]`).getBoundingClientRect();
  const note = document.getElementById(`note-${editor().dataset.editor}`)?.getBoundingClientRect();
  const size = slot.getBoundingClientRect();
  const isLeft = cell.left + cell.width / 2 < frame.left + frame.width / 2;
  const wanted = isLeft ? cell.right + 8 : cell.left - size.width - 8;
  const x = Math.max(8, Math.min(wanted - frame.left, frame.width - size.width - 8));
  const y = Math.max(8, Math.min((note ?? cell).top - frame.top, frame.height - size.height - 8));
  slot.style.setProperty("--x", `${x}px`);
  slot.style.setProperty("--y", `${y}px`);
  slot.toggleAttribute("data-flip", x + size.width + 310 > frame.width && x > 310);
}

function close() {
  asked += 1;
  slot.replaceChildren();
  stand();
}

function cancel() {
  const left = editor();
  const isChanged = snapshot(edit()) !== original;
  close();
  if (isChanged) toast(words.unsaved, { label: words.resume, act: () => show(left) });
}

// Others go on working while somebody writes: say so, touch nothing.
function compare() {
  const open = editor();
  if (!open) return;
  const note = document.getElementById(`note-${open.dataset.editor}`);
  const base = edit().elements.base_version.value;
  const isChanged = note && note.dataset.version !== base;
  open.querySelector("[data-gone]").hidden = Boolean(note);
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
addEventListener("resize", () => { if (editor()) lay(); });

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest("a[data-edit]");
  if (link) {
    event.preventDefault();
    open(link);
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

slot.addEventListener("toggle", () => {
  const first = editor()?.querySelector(".moves[open] button:not(:disabled)");
  if (first) first.focus();
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

function offerUndo(url, { kind, note }, isPressed) {
  const act = () => {
    send({ kind: kind === "hide" ? "show" : "restore", url, note });
    awaitNote(note);
  };
  toast(kind === "hide" ? words.hidden : words.deleted, { label: words.undo, act }, isPressed);
}
