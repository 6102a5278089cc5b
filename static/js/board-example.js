// An example for the block in focus, in a window over the page; without it, a page of its own.
import { holdBack } from "./board-back.js";
import { toast, words } from "./board-toast.js";

const place = document.getElementById("example");

async function show(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page && page.querySelector("[data-example]");
  if (!found) return toast(words.unopened);
  place.replaceChildren(found);
  if (place.open) return place.querySelector("[data-close]").focus();
  place.showModal();
  holdBack();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-example-of],#example a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if ("close" in link.dataset) place.close();
  else show(link.href);
});

// Beside it is a way out as well.
place.addEventListener("click", (event) => {
  if (event.target === place) place.close();
});

document.addEventListener("board:back", (event) => {
  if (!place.open) return;
  place.close();
  event.preventDefault();
});
