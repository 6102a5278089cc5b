// What is being written in a form[data-draft=name] is kept on the device meanwhile, and is there again when the page
// is: in its form, or where that is not open now ("draft:found" on document), when whoever opens it calls recall().
// It goes only in the transaction in which the outbox takes the change, or when somebody wipes it out.
// Nothing here touches a field that somebody is writing in.
import { BEFORE, here, isOurs, PAGE } from "./here.js";
import { said } from "./outbox-fold.js";
import { drafts, keepDraft } from "./store.js";

const PAUSE = 250;
const ROLL = 1500; // other pages may be slow to say that they are open
const ASIDE = new Set(["op_id", "note_id"]);
const pages = window.BroadcastChannel && new BroadcastChannel("kanvas-drafts");
const timers = new Map();
const known = new Map(); // name -> the draft that recall() brings
const open = new Set();
// Those who hear of drafts come later on a board (board-rest.js).
const whole = new Promise((done) => {
  if (document.body.dataset.surface !== "board") done();
  document.addEventListener("board:whole", done, { once: true });
});

const isText = (field) => field.matches("textarea,input:not([type]),input[type=text]");
const isTick = (field) => field.matches("[type=checkbox],[type=radio]");

function isChanged(field) {
  if (isTick(field)) return field.checked !== field.defaultChecked;
  if (field.type === "date") return field.value !== field.defaultValue;
  if (field.matches("select")) return !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0;
  return isText(field) && field.value !== field.defaultValue;
}

const isWritten = (form) => [...form.elements].some((field) => isText(field) && field.value.trim() && isChanged(field));
// Whether there is text on this page that nobody has sent off.
export const isWriting = () => [...document.querySelectorAll("form[data-draft]")].some(isWritten);

// The key under which this page keeps a form; undefined when it does not.
export const keyOf = (form) => form.dataset.draft && keyFor(form.dataset.draft);
const keyFor = (name) => [here.canvas, here.person, name, PAGE].join(" ");

// Returns when it is kept.
export function keep(form, { isLeft = false, instead = [] } = {}) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const name = form.dataset.draft;
  if (![...form.elements].some(isChanged)) return forget(name);
  const fields = [...new FormData(form)].filter(([field]) => !ASIDE.has(field));
  const draft = {
    ...here, key: keyFor(name), draft: name, page: PAGE, url: form.getAttribute("action"), isLeft, fields,
    block: form.dataset.block ?? new Map(fields).get("block"), at: Date.now(),
    after: form.closest("[data-after]")?.dataset.after, // see editor-here.js
  };
  known.set(name, draft);
  return keepDraft(draft, instead);
}

// A draft that nobody wants any more.
export function forget(name) {
  const draft = known.get(name);
  known.delete(name);
  if (draft) return keepDraft(null, [draft.key]);
}

// Puts fields (pairs) into a form. What is being written meanwhile stays, above it, unless it isInstead of that.
export function fill(form, fields, isInstead = false) {
  const sent = said(fields);
  for (const field of form.elements) {
    if (!field.name || ASIDE.has(field.name)) continue;
    // A page of before did not ask it.
    if (field.type === "radio" && !sent.has(field.name)) continue;
    if (isTick(field)) field.checked = sent.getAll(field.name).includes(field.value);
    else if (isText(field) && !isInstead) field.value = both(field.value, sent.get(field.name));
    else if (sent.has(field.name)) field.value = sent.get(field.name);
  }
}

const both = (one, other) => [one.trim(), other].filter(Boolean).join("\n");

// Brings back what was written in a form that has just been opened. Returns whether there was something.
export function recall(form) {
  const draft = known.get(form.dataset.draft);
  if (!draft) return false;
  fill(form, draft.fields, true);
  const own = { ...draft, key: keyOf(form), page: PAGE, isLeft: false };
  known.set(draft.draft, own);
  keepDraft(own, draft.key === own.key ? [] : [draft.key]);
  tell("draft:opened", own);
  return true;
}

async function restore() {
  const found = (await drafts()).filter((draft) => draft.canvas === here.canvas && isOurs(draft));
  bringAll(found.filter((draft) => draft.page === BEFORE));
  const others = found.filter((draft) => draft.page !== BEFORE && draft.page !== PAGE);
  if (!others.length) return;
  pages?.postMessage({});
  await new Promise((done) => { setTimeout(done, pages ? ROLL : 0); });
  bringAll(others.filter((draft) => !open.has(draft.page)));
}

function bringAll(left) {
  left.sort((one, other) => one.at - other.at);
  for (const draft of left) {
    const form = document.querySelector(`form[data-draft="${CSS.escape(draft.draft)}"]`);
    if (form) bring(form, draft);
    else known.set(draft.draft, draft);
  }
  whole.then(() => tell("draft:found", left.filter((draft) => known.get(draft.draft) === draft)));
}

function bring(form, draft) {
  const back = new CustomEvent("draft:back", { cancelable: true, detail: draft });
  if (form.dispatchEvent(back)) fill(form, draft.fields);
  keep(form, { instead: [draft.key] });
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

document.addEventListener("input", ({ target }) => {
  const { form } = target;
  if (!form?.dataset.draft) return;
  if (!timers.has(form)) timers.set(form, setTimeout(keep, PAUSE, form));
});

const flush = () => { for (const form of [...timers.keys()]) keep(form); };
document.addEventListener("focusout", flush);
document.addEventListener("visibilitychange", flush);
document.addEventListener("freeze", flush);
// On a busy device the browser may end the page before it hears that it is being left.
addEventListener("beforeunload", flush);
addEventListener("pagehide", flush);
// A page that was put aside is out of date, and others may have gone on with its drafts.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// The outbox has it, and takes the draft out of the store itself.
document.addEventListener("outbox:taken", ({ detail: { form } }) => {
  clearTimeout(timers.get(form));
  timers.delete(form);
  known.delete(form.dataset.draft);
});
// Closed without a word: still there when it is opened again, but not offered any more.
document.addEventListener("draft:left", ({ detail: { form } }) => keep(form, { isLeft: true }));

pages?.addEventListener("message", ({ data }) => {
  if (data.page) open.add(data.page);
  else pages.postMessage({ page: PAGE });
});

restore();
