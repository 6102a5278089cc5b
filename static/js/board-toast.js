// Words for scripts (#words), short messages with one thing to do about them, and announcements.
export const words = document.getElementById("words")?.dataset ?? {};

const LASTS = 12000;

export function toast(text, action) {
  const note = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  const button = note.querySelector("[data-act]");
  let timer = 0;
  const leave = () => note.remove();
  const stay = () => clearTimeout(timer);
  const hurry = () => { stay(); timer = setTimeout(leave, LASTS); };
  note.querySelector("span").textContent = text;
  if (action) button.textContent = action.label;
  else button.remove();
  button.addEventListener("click", () => { leave(); action.act(); });
  note.querySelector("[data-close]").addEventListener("click", leave);
  for (const name of ["pointerenter", "focusin"]) note.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) note.addEventListener(name, hurry);
  document.getElementById("toasts").replaceChildren(note);
  hurry();
  return leave;
}

export function say(text) {
  const place = document.getElementById("said");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}
