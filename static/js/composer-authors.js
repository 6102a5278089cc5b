// Whose note it is, on a device that several people share. Each of them has a draft of their own: another name is another
// writer, and what was being written stays with whoever it was, unless somebody says otherwise.
import { goTo } from "./board-back.js";
import { clear, open } from "./board-composer.js";
import { say, toast, words } from "./board-toast.js";
import { forget, keep, recall } from "./drafts.js";
import { PAGE, uuid } from "./here.js";
import { refresh } from "./outbox.js";
import { take } from "./store.js";

const form = document.getElementById("add");
const place = form.querySelector("[data-authors]");
const { text, gives, gets } = form.elements;
let writer = ""; // whoever this device belongs to

const radios = () => [...place.querySelectorAll("input")];
const radioOf = (id) => radios().find((each) => each.value === id);
const nameOf = (id) => radioOf(id).nextElementSibling.textContent;
const draftOf = (id) => (id ? `add ${id}` : "add");
const idOf = ({ draft }) => draft.slice("add ".length);
const isText = ([name, value]) => ["text", "gives", "gets"].includes(name) && value.trim();
const written = () => [...new FormData(form)].filter(isText);
const named = (sentence, id) => sentence.replace("{name}", nameOf(id));

function turnTo(id) {
  if (id === writer) return;
  const [was, left] = [writer, written()];
  radioOf(was).checked = true;
  if (left.length) keep(form);
  else forget(draftOf(was));
  mark(was, left.length);
  writer = id;
  form.dataset.draft = draftOf(id);
  clear();
  recall(form);
  radioOf(id).checked = true;
  // The composer stays where it is.
  form.elements.block.value = form.closest(".cell").dataset.block;
  mark(id, false);
  tellWritten();
  if (!left.length) return;
  toast(named(words.leftWith, was), { label: named(words.carry, id), act: () => carry(left, was, id) });
}

// Typed under the wrong name.
function carry(left, was, id) {
  turnTo(id);
  for (const [name, value] of left) {
    const field = form.elements[name];
    field.value = [field.value.trim(), value].filter(Boolean).join("\n");
  }
  keep(form);
  forget(draftOf(was));
  mark(was, false);
  tellWritten();
  text.focus({ preventScroll: true });
}

function tellWritten() {
  for (const field of [text, gives, gets]) field.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(id, isWritten) {
  const radio = radioOf(id);
  radio.toggleAttribute("data-written", Boolean(isWritten));
  if (isWritten) radio.setAttribute("aria-label", named(place.dataset.unsaved, id));
  else radio.removeAttribute("aria-label");
}

// People come and go. Whoever has a text here stays until it is done with.
function update() {
  const people = new Map([...document.querySelectorAll("#roster [data-no-device]")].map((li) => [li.dataset.member, li.title]));
  for (const [id, name] of people) if (!radioOf(id)) place.append(chip(id, name));
  for (const radio of radios()) {
    if (!radio.value || people.has(radio.value) || "written" in radio.dataset) continue;
    if (radio.value === writer && written().length) continue;
    if (radio.value === writer) turnTo("");
    radio.closest("label").remove();
  }
  place.hidden = radios().length < 2;
}

function chip(id, name) {
  const label = radioOf("").closest("label").cloneNode(true);
  const radio = label.querySelector("input");
  Object.assign(radio, { value: id, checked: false, defaultChecked: false });
  radio.removeAttribute("aria-label");
  delete radio.dataset.written;
  label.querySelector("span").textContent = name;
  return label;
}

// What was written here before the page was loaded again.
export function bringBack(drafts) {
  update();
  for (const draft of drafts) {
    const isWritten = draft.fields.some(isText);
    if (radioOf(idOf(draft))) mark(idOf(draft), isWritten);
    else if (isWritten) setAside(draft);
    else forget(draft.draft);
  }
  const last = drafts.filter((draft) => radioOf(idOf(draft))).at(-1);
  if (!last || written().length) return;
  if (last.fields.some(isText)) goTo(last.block);
  turnTo(idOf(last));
  if (written().length) open();
}

// In the name of somebody whom this device may not write for any more: it is shown, and goes nowhere by itself.
async function setAside({ canvas, workshop, person, name, url, block, fields, key }) {
  const refused = { code: "author_writes", reason: words.authorGone };
  const where = { canvas, workshop, person, name, url, block };
  await take({ ...where, op: uuid(), kind: "add", body: fields, page: PAGE, tried: 0, refused }, key);
  refresh();
}

place.addEventListener("change", ({ target }) => turnTo(target.value));
// A press means to write on; the arrow keys may mean the name after the next.
place.addEventListener("click", ({ detail }) => { if (detail) text.focus({ preventScroll: true }); });
form.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!event.altKey || !step || place.hidden) return;
  event.preventDefault();
  const all = radios();
  turnTo(all.at((all.indexOf(radioOf(writer)) + step) % all.length).value);
  say(named(words.writesNow, writer));
});
document.addEventListener("outbox:taken", ({ detail }) => {
  if (detail.form !== form) return;
  mark(writer, false);
  update();
});
document.addEventListener("live:fresh", update);
// Under the name it had; what is being written meanwhile stays with whoever writes it.
document.addEventListener("compose:again", ({ detail: { change } }) => {
  const id = new Map(change.body).get("author_id") ?? "";
  turnTo(radioOf(id) ? id : "");
}, { capture: true });
update();
