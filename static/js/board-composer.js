// Writing: the composer follows the block in focus with what has been written in it, Enter saves and writing goes on.
import { goTo, holdBack } from "./board-back.js";
import { toast, words } from "./board-toast.js";
import { fill } from "./drafts.js";

const form = document.getElementById("add");
const text = form?.elements.text;
const marks = form?.querySelector("details");
const isPhone = matchMedia("(max-width:63.99rem)");
const isWriting = () => ["text", "gives", "gets"].some((name) => form.elements[name].value.trim());

function open() {
  form.dataset.open = "";
  text.focus({ preventScroll: isPhone.matches });
}

function close() {
  delete form.dataset.open;
  form.closest(".cell").querySelector(".block__add")?.focus();
}

function count() {
  const length = [...text.value].length;
  const soft = Number(text.dataset.soft);
  const place = form.querySelector("[data-count]");
  place.textContent = length > soft * 0.75 ? `${length}/${soft}` : "";
  place.toggleAttribute("data-over", length > soft);
}

function resume(block, fields) {
  goTo(block);
  fill(form, fields);
  count();
  if (isWriting()) open();
}

export function enterSaves(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

// `required` lets blanks pass.
document.addEventListener("input", ({ target }) => {
  if (target.name === "text") target.setCustomValidity(target.value && !target.value.trim() ? words.empty : "");
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
