// The desk is plain forms; htmx sends them and the stream (live.js) brings the answer. Here: say when that failed, and
// when what the desk shows may be old. A short gap is not worth a word.
import "./timer.js";

const PATIENCE = 3000;
const SETTLING = 1000; // nobody has read a step that came up so short a time ago
const notice = document.getElementById("notice");

// The stream reconnects by itself and reports errors of its own; only forms concern the person at the desk.
function say(text) {
  return (event) => event.target.closest("form") && (notice.textContent = text);
}

document.addEventListener("htmx:before:request", say(""));
document.addEventListener("htmx:error", say(notice.dataset.failed));
document.addEventListener("htmx:response:error", say(notice.dataset.failed));

let timer = 0;
document.addEventListener("live:state", ({ detail: { state } }) => {
  clearTimeout(timer);
  if (state === "denied") notice.textContent = notice.dataset.ended;
  else if (state === "off") timer = setTimeout(() => { notice.textContent = notice.dataset.lost; }, PATIENCE);
  else if (notice.textContent === notice.dataset.lost) notice.textContent = "";
});

// Somebody brought back has no device that knows them: open their row, where the new personal link is made.
let restored = null;
document.addEventListener("htmx:before:request", (event) => {
  restored = event.target.closest("[data-restores]")?.dataset.restores ?? restored;
});
document.addEventListener("live:fresh", () => {
  const person = document.getElementById(restored ?? "")?.querySelector("details");
  if (!person) return;
  restored = null;
  person.open = true;
  person.querySelector("[data-link]").focus();
});

// The second half of a double click may fall on the button of the step after: it has been pressed once.
let pressed = -SETTLING;
document.addEventListener("submit", (event) => {
  if (!event.submitter?.matches(".lanjut")) return;
  if (event.timeStamp - pressed > SETTLING) pressed = event.timeStamp;
  else {
    event.preventDefault();
    event.stopPropagation();
  }
}, { capture: true });
