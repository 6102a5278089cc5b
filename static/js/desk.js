// The desk is plain forms; htmx sends them and the stream (live.js) brings the answer. Here: say when that failed.
const notice = document.getElementById("notice");

// The stream reconnects by itself and reports errors of its own; only forms concern the person at the desk.
function say(text) {
  return (event) => event.target.closest("form") && (notice.textContent = text);
}

document.addEventListener("htmx:before:request", say(""));
document.addEventListener("htmx:error", say(notice.dataset.failed));
document.addEventListener("htmx:response:error", say(notice.dataset.failed));

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
