// Writing: the composer follows the block in focus with what has been written in it, Enter saves and writing goes on.
import { goTo, holdBack } from "./board-back.js";
import { say, toast, words } from "./board-toast.js";
import { fill } from "./drafts.js";

const form = document.getElementById("add");
const text = form?.elements.text;
const marks = form?.querySelector("details");
const isPhone = matchMedia("(max-width:63.99rem)");
// Asked for before it is needed: there may be no connection then.
const lines = () => import("./composer-lines.js").catch(() => null);
const isWriting = () => ["text", "gives", "gets"].some((name) => form.elements[name].value.trim());

function open() {
  form.dataset.open = "";
  lines();
  text.focus({ preventScroll: isPhone.matches });
}

function close() {
  delete form.dataset.open;
  form.closest(".cell").querySelector(".block__add")?.focus();
}

function count() {
  const length = letters(text.value);
  const soft = Number(text.dataset.soft);
  const place = form.querySelector("[data-count]");
  const hint = form.querySelector("[data-hint]");
  const isLong = length > soft;
  place.textContent = length > soft * 0.75 ? `${length}/${soft}` : "";
  place.toggleAttribute("data-over", isLong);
  if (isLong && hint.hidden) say(hint.textContent);
  hint.hidden = !isLong;
  judge(text);
}

function resume(block, fields) {
  goTo(block);
  fill(form, fields);
  count();
  if (isWriting()) open();
}

let isShifted = false;

export function enterSaves(event) {
  isShifted = event.shiftKey;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) save(event);
}

// Some keyboards of phones name no key; what theirs would do to the text they say.
document.addEventListener("beforeinput", (event) => {
  if (event.inputType === "insertLineBreak" && !isShifted && !event.isComposing && event.target === text) save(event);
});

function save(event) {
  event.preventDefault();
  event.target.form.requestSubmit();
}

const letters = (value) => [...value].length;

// `required` lets blanks pass, and `maxlength` would cut off what is pasted.
function judge(field) {
  const isBlank = field.name === "text" && field.value && !field.value.trim();
  const over = letters(field.value) - (field.dataset.most ?? Infinity);
  field.setCustomValidity(over > 0 ? words.tooLong.replace("{n}", over) : isBlank ? words.empty : "");
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[name=text],[data-most]")) judge(target);
});


if (form) {
  document.addEventListener("board:focus", (event) => {
    if (form.parentElement !== event.detail.cell) event.detail.cell.append(form);
    form.elements.block.value = event.detail.key;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-compose],a[data-stop]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.compose) open();
    else close();
  });
  text.addEventListener("input", count);
  text.addEventListener("focus", lines, { once: true });
  text.addEventListener("paste", () => setTimeout(async () => (await lines())?.offer()));
  form.addEventListener("input", () => { if (isWriting()) holdBack(); });
  document.addEventListener("board:back", (event) => {
    if (event.defaultPrevented || !event.detail.isLast || !isWriting()) return;
    event.preventDefault();
    toast(words.leaving);
  });
  text.addEventListener("keydown", enterSaves);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isPhone.matches) close();
  });
  // On a wide screen there is room to choose marks at any time; on a phone they say what is chosen.
  const unfold = () => { marks.open = !isPhone.matches; };
  isPhone.addEventListener("change", unfold);
  unfold();
  // Segments and side stay, in sight: notes of one kind come in a row.
  form.addEventListener("outbox:taken", () => {
    unfold();
    for (const name of ["text", "gives", "gets"]) form.elements[name].value = "";
    form.elements.inclusion.checked = false;
    form.elements.evidence.value = "none";
    count();
    text.focus({ preventScroll: true });
  });
  document.addEventListener("compose:again", ({ detail: { change } }) => resume(change.block, change.body));
  form.addEventListener("draft:back", (event) => {
    event.preventDefault();
    resume(event.detail.block, event.detail.fields);
  });
  if (location.hash === "#add") open();
}
