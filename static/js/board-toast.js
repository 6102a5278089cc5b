// Words for scripts (#words), short messages with one thing to do about them, and announcements.
import { stand } from "./board-place.js";

export const words = document.getElementById("words")?.dataset ?? {};

const LASTS = 12000;
const toasts = document.getElementById("toasts");
const bands = document.querySelector(".bands");

// On a phone a message stands below the step and its time.
const lower = () => toasts.style.setProperty("--below", `${bands.getBoundingClientRect().bottom}px`);
new ResizeObserver(lower).observe(bands);

// With `isPressed` the thing to do has the focus: whoever works by keyboard would not reach it in time.
export function toast(text, action, isPressed = false) {
  const note = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  const button = note.querySelector("[data-act]");
  let timer = 0;
  const leave = () => {
    const isHere = note.contains(document.activeElement);
    note.remove();
    if (isHere) stand();
  };
  const stay = () => clearTimeout(timer);
  const hurry = () => { stay(); timer = setTimeout(leave, LASTS); };
  note.querySelector("span").textContent = text;
  if (action) button.textContent = action.label;
  else button.remove();
  button.addEventListener("click", () => { leave(); action.act(); });
  note.querySelector("[data-close]").addEventListener("click", leave);
  note.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
  for (const name of ["pointerenter", "focusin"]) note.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) note.addEventListener(name, hurry);
  toasts.replaceChildren(note);
  hurry();
  if (action && isPressed) button.focus({ focusVisible: true });
}

export function say(text) {
  const place = document.getElementById("said");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}
