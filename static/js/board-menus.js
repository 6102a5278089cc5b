// Menus, which close when something else is wanted, and the ways to choose several notes.
import { holdBack } from "./board-back.js";

const isPhone = matchMedia("(max-width:63.99rem)");
const plain = (event) => !event.defaultPrevented && !event.button && !(event.metaKey || event.ctrlKey || event.shiftKey);

// Several notes: by the link, by a click with Ctrl or Shift, by holding a finger on one.
const picking = () => import("./picking.js");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pick]");
  const note = (event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("#board .note[data-note]");
  if (!note && !(link && plain(event))) return;
  event.preventDefault();
  event.stopPropagation();
  picking().then(({ choose }) => choose(note ? [note.dataset.note] : link.dataset.pick.split(" ").filter(Boolean), link));
}, { capture: true });
document.addEventListener("contextmenu", (event) => {
  const note = event.pointerType === "touch" && event.target.closest("#board .note[data-note]");
  if (!note) return;
  event.preventDefault();
  picking().then(({ choose }) => choose([note.dataset.note]));
});

// A menu closes when something else is wanted; on a phone by Back as well.
const menus = () => [...document.querySelectorAll("details[open]:is(.more,.map)")];
document.addEventListener("click", ({ target }) => {
  if (isPhone.matches && target.closest(":is(.more,.map):not([open])>summary")) holdBack();
});
document.addEventListener("board:back", (event) => {
  for (const menu of menus()) {
    menu.open = false;
    event.preventDefault();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
// By keyboard one leaves it behind.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = relatedTarget && target.closest("details[open]:is(.more,.map,.moves,.picked__way,.ballot__own)");
  if (menu && !menu.contains(relatedTarget)) menu.open = false;
});
// A panel beside the canvas may hide what somebody stands on.
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || "picking" in document.body.dataset || target.closest("#editor,#talk,#toasts,.composer,dialog,details[open]")) return;
  document.querySelector("#editor [data-cancel],#talk [data-shut]")?.click();
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[open]:is(.more,.map)");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
