// The forms of a plan: a new step, and one that is opened. What is being written is kept on the device (drafts.js).
import { toast } from "./board-toast.js";
import { recall } from "./drafts.js";
import { enterSaves, judge } from "./writing.js";

const words = document.getElementById("steps").dataset;
const sentences = document.getElementById("words").dataset;
const adding = document.getElementById("adding");
const dialog = document.getElementById("editing");
const shape = document.getElementById("editing-here").content.firstElementChild;
let open; // the step whose form is open
let isOver = false; // an entry of the history stands for it: Back closes it, and nothing else

function put(field, value) {
  if (field.matches("select")) for (const choice of field.options) choice.defaultSelected = choice.value === value;
  else field.defaultValue = value;
  field.value = value;
}

const isChanged = (form) => [...form.querySelectorAll("textarea,input[type=date],select")].some((field) =>
  field.value !== (field.matches("select") ? [...field.options].find((choice) => choice.defaultSelected)?.value : field.defaultValue));

// Opens the form of a step with what it says (as outbox-fold.js has it), or with what was being written in it.
export function edit(id, item) {
  if (!item) return;
  const form = shape.cloneNode(true);
  for (const [name, value] of item.fields) if (form.elements[name]) put(form.elements[name], value);
  form.elements.base_version.value = item.base;
  form.action = words.edit.replace("NOTE", encodeURIComponent(id));
  Object.assign(form.dataset, { note: id, draft: `step:${id}` });
  open = { id, item };
  dialog.replaceChildren(form);
  recall(form);
  dialog.showModal();
  history.pushState({}, "");
  isOver = true;
  form.elements.text.focus();
}

dialog.addEventListener("click", ({ target }) => { if (target.closest("[data-close]")) dialog.close(); });
dialog.addEventListener("close", () => {
  if (isOver) history.back();
  isOver = false;
  const form = dialog.querySelector("form");
  const { id, item } = open;
  if (form && isChanged(form)) {
    document.dispatchEvent(new CustomEvent("draft:left", { detail: { form } }));
    toast(words.unsaved, { label: words.resume, act: () => edit(id, item) });
  }
  dialog.replaceChildren();
  const ways = document.querySelectorAll(`[data-item="${CSS.escape(id)}"] [data-act=edit]`);
  [...ways].find((way) => way.checkVisibility())?.focus();
});
addEventListener("popstate", () => {
  isOver = false;
  if (dialog.open) dialog.close();
});

document.addEventListener("outbox:taken", ({ detail: { form } }) => {
  if (dialog.contains(form)) {
    form.remove();
    dialog.close();
  } else if (form === adding) {
    form.reset();
    form.elements.text.focus();
  } else if (form.closest("#chosen") || "banner" in form.dataset) {
    (form.closest("#chosen") ?? form).remove();
    history.replaceState(history.state, "", location.pathname);
  }
});

document.addEventListener("keydown", (event) => { if (event.target.matches("textarea[name=text]")) enterSaves(event); });
document.addEventListener("input", ({ target }) => { if (target.matches("textarea")) judge(target, sentences); });

// What was being written when the page was left is there again: in its form, or in the one that is opened for it.
document.addEventListener("draft:found", ({ detail: drafts }) => {
  const rest = adding?.querySelector("details");
  if (rest && [...rest.querySelectorAll("textarea,select,input")].some((field) => field.value)) rest.open = true;
  const draft = drafts.find(({ draft: name, isLeft }) => name.startsWith("step:") && !isLeft);
  if (draft && !dialog.open) document.querySelector(`#plan [data-item="${CSS.escape(draft.draft.slice(5))}"] [data-act=edit]`)?.click();
});
