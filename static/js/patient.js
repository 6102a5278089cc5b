// A form that goes past the outbox, because what it says is not to stay on a phone that others use too. Until the
// server has answered it is kept on this page, and nowhere else: without a network the page says so and tries again,
// unless somebody goes on writing; leaving it asks first. Without this script the browser posts the form.
const PATIENCE = 15000;
const PAUSE = 5000;
let isUnsent = false;
let isGoing = false;
let next; // the timer of another try

const form = () => document.querySelector("form[data-patient]");

function say(sentence) {
  const place = form().querySelector("[data-unsent]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

// The page that the server answers: with this form again, or saved and elsewhere. Neither is a refusal, or not ours.
async function posted() {
  const body = new URLSearchParams(new FormData(form()));
  // By hand: older phones have no AbortSignal.timeout.
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  const answer = await fetch(form().action, { method: "POST", body, signal: stop.signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  clearTimeout(patience);
  const content = page.querySelector("form[data-patient]") && page.getElementById("content");
  return { address: answer.url, content, isSaved: answer.ok && answer.redirected };
}

function show({ address, content }) {
  document.getElementById("content").replaceWith(content);
  history.replaceState(null, "", address);
  scrollTo(0, 0);
  const first = content.querySelector("[autofocus]") ?? content.querySelector("[role=status]:not([hidden])");
  if (!first.matches("input,textarea")) first.tabIndex = -1;
  first.focus();
}

async function send() {
  if (isGoing) return;
  clearTimeout(next);
  next = undefined;
  isGoing = isUnsent = true;
  const answer = await posted().catch(() => null);
  isGoing = false;
  isUnsent = !answer?.content && !answer?.isSaved;
  if (answer?.content) show(answer);
  else if (answer?.isSaved) location.assign(answer.address);
  else if (answer) say(form().dataset.refused);
  else {
    say(form().dataset.offline);
    next = setTimeout(send, PAUSE);
  }
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  send();
});
document.addEventListener("input", () => {
  if (next === undefined) return;
  clearTimeout(next);
  next = undefined;
  say("");
});
addEventListener("online", () => next !== undefined && send());
addEventListener("beforeunload", (event) => isUnsent && event.preventDefault());
