// What is on its way into the store (store.js). A browser drops a write that is not finished when its page ends, as
// happens on a busy disk; what is put aside is on the device at once, and the next page hands it to the store.
import { PAGE } from "./here.js";

const NAME = "kanvas-aside ";
let number = 0;

// Returns what to call when the store has it. Where nothing can be put aside, the store alone must do.
export function putAside(entry) {
  const name = `${NAME}${PAGE} ${String((number += 1)).padStart(9, "0")}`;
  try {
    localStorage.setItem(name, JSON.stringify(entry));
  } catch {
    return () => {};
  }
  return () => localStorage.removeItem(name);
}

// Pairs of what pages that have ended left behind, in order, and what to call when the store has it.
export function leftAside() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(NAME)).sort();
    const all = names.map((name) => [JSON.parse(localStorage.getItem(name)), () => localStorage.removeItem(name)]);
    // Another page may have handed it over just now.
    return all.filter(([entry]) => entry);
  } catch {
    return [];
  }
}
