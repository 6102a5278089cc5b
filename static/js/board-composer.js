// Writing: the composer follows the block in focus with what has been written in it, Enter saves and writing goes on.
import { goTo, holdBack } from "./board-back.js";
import { say, toast, words } from "./board-toast.js";
import { fill } from "./drafts.js";
import { enterSaves, judge, letters } from "./writing.js";

const form = document.getElementById("add");
const text = form?.elements.text;
const marks = form?.querySelector("details");
const isPhone = matchMedia("(max-width:63.99rem)");
// Whose note it is: only where there is somebody to choose, or something of theirs that was kept.
const authors = () => import("./composer-authors.js");
const isWriting = () => ["text", "gives", "gets"].some((name) => form.elements[name].value.trim());

export function open() {
  form.dataset.open = "";
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
  judge(text, words);
}

// For the next note. Segments and side stay, in sight: notes of one kind come in a row.
export function clear() {
  unfold();
  for (const name of ["text", "gives", "gets", "amount", "amount_low", "amount_high"]) form.elements[name].value = "";
  form.elements.inclusion.checked = false;
  form.elements.evidence.value = "none";
  count();
}

// On a wide screen there is room to choose marks at any time; on a phone they say what is chosen.
function unfold() {
  marks.open = !isPhone.matches;
}

// The author is whoever is chosen, never whom old fields name.
function resume(block, fields) {
  const author = new FormData(form).get("author_id");
  goTo(block);
  fill(form, fields);
  for (const each of form.querySelectorAll("[name=author_id]")) each.checked = each.value === author;
  count();
  if (isWriting()) open();
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[name=text],[data-most]")) judge(target, words);
});


if (form) {
  document.addEventListener("board:focus", (event) => {
    if (form.parentElement !== event.detail.cell) event.detail.cell.append(form);
    form.elements.block.value = event.detail.key;
    form.querySelector("[data-money-fields]").disabled = !("money" in event.detail.cell.dataset);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-compose],a[data-stop]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.compose) open();
    else close();
  });
  text.addEventListener("input", count);
  text.addEventListener("paste", () => setTimeout(async () => (await import("./composer-lines.js")).offer()));
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
  isPhone.addEventListener("change", unfold);
  marks.addEventListener("toggle", () => document.body.toggleAttribute("data-marks", marks.open));
  unfold();
  form.addEventListener("outbox:taken", () => {
    clear();
    text.focus({ preventScroll: true });
  });
  document.addEventListener("compose:again", ({ detail: { change } }) => resume(change.block, change.body));
  form.addEventListener("draft:back", (event) => {
    event.preventDefault();
    resume(event.detail.block, event.detail.fields);
  });
  const chips = form.querySelector("[data-authors]");
  const look = () => { if (!chips.hidden || document.querySelector("#roster [data-no-device]")) authors(); };
  document.addEventListener("live:fresh", look);
  setTimeout(look);
  document.addEventListener("draft:found", async ({ detail }) => {
    const theirs = detail.filter(({ draft }) => draft.startsWith("add "));
    if (theirs.length) (await authors()).bringBack(theirs);
  });
  if (location.hash === "#add") setTimeout(open);
}
