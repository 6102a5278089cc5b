// What is said about a note or a block: a panel that comes from the server, or is made here where there is no answer,
// into #talk, outside every live region. Its list is renewed when more is said; whatever is typed is below it.
import { enterSaves } from "./writing.js";
import { holdBack } from "./board-back.js";
import { cover } from "./board-place.js";
import { say, toast } from "./board-toast.js";
import { keep, recall } from "./drafts.js";
import { here, isOurs } from "./here.js";
import { stateOf, waiting } from "./outbox.js";

const slot = document.getElementById("talk");
const words = document.getElementById("outbox-words").dataset;
const PATIENCE = 2000;
const panel = () => slot.firstElementChild;
const part = (selector) => panel().querySelector(selector);
const forms = () => slot.querySelectorAll("form.say");
const wayTo = (key) => document.querySelector(`a[data-talk="${CSS.escape(key)}"]`);
let asked = 0;
let address = "";
let sent = []; // answered, and not in the list yet
let isRenewing = false;
let isStale = false;

// None when there is no answer soon.
async function fetched() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" }, signal: stop.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok ? page.querySelector("[data-panel]") : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function openPanel(link) {
  const turn = ++asked;
  address = link.getAttribute("href");
  const isAlone = document.documentElement.dataset.live === "off";
  const content = (!isAlone && (await fetched())) || blank(link);
  if (turn !== asked) return;
  leave(content);
  slot.toggleAttribute("data-start", isOnTheEnd(link));
  for (const form of forms()) if (!form.hidden) recall(form);
  holdBack();
  paint();
  follow();
  part(".talking__said").focus({ preventScroll: true, focusVisible: false });
}

// Not over what is talked about.
function isOnTheEnd(link) {
  const { left, width } = link.closest(".cell").getBoundingClientRect();
  return left + width / 2 > innerWidth / 2;
}

// Without the server: what is known here, and a way to write.
function blank(link) {
  const made = document.getElementById("talk-here").content.firstElementChild.cloneNode(true);
  const cell = link.closest(".cell");
  made.dataset.panel = link.dataset.talk;
  made.querySelector("h2 .muted").textContent = `· ${cell.querySelector(".block__focus").textContent}`;
  made.querySelector("[data-about]").textContent = link.closest(".note")?.querySelector(".note__text").lastChild.data ?? "";
  made.querySelector("[data-none]").hidden = true;
  made.querySelector("[data-unfetched]").hidden = false;
  const form = made.querySelector("#say");
  form.setAttribute("action", address);
  Object.assign(form.dataset, { draft: `talk:${link.dataset.talk}`, block: cell.dataset.block });
  return made;
}

// What is being written stays on the device, and comes back with the panel.
function leave(...next) {
  const left = [...forms()];
  slot.replaceChildren(...next);
  cover();
  for (const form of left) document.dispatchEvent(new CustomEvent("draft:left", { detail: { form } }));
}

function close() {
  const { panel: key } = panel().dataset;
  asked += 1;
  leave();
  wayTo(key)?.focus({ preventScroll: true });
}

// Live regions know nothing of panels: the number beside the note says whether there is more.
function follow() {
  if (!panel()) return;
  const way = wayTo(panel().dataset.panel);
  part("[data-gone]").hidden = Boolean(way);
  if (way && way.dataset.revision !== part("[data-list]").dataset.revision) renew();
}

async function renew() {
  isStale = true;
  if (isRenewing) return;
  isRenewing = true;
  while (isStale && panel()) {
    isStale = false;
    const turn = asked;
    const fresh = await fetched();
    if (fresh && turn === asked && panel()) exchange(fresh.querySelector("[data-list]"));
  }
  isRenewing = false;
}

function exchange(fresh) {
  const old = part("[data-list]");
  const isMore = [...fresh.querySelectorAll(".comment")].some(({ id }) => !document.getElementById(id) && !isMine(id));
  const stood = old.contains(document.activeElement) && document.activeElement.closest(".comment")?.id;
  const end = part(".talking__said");
  const isAtEnd = end.scrollTop + end.clientHeight > end.scrollHeight - 40;
  const isNews = isMore && part("[data-unfetched]").hidden;
  old.replaceWith(fresh);
  part("[data-unfetched]").hidden = true;
  sent = sent.filter(({ op, url, body }) => isSaying(body) && isHere(url) && !document.getElementById(`comment-${op}`));
  paint();
  if (stood) document.getElementById(stood)?.querySelector("button,a")?.focus({ preventScroll: true });
  if (isMore && isAtEnd) end.scrollTop = end.scrollHeight;
  if (isNews) say(panel().dataset.news);
}

const isMine = (id) => sent.some(({ op }) => id === `comment-${op}`);
const isSaying = (body) => body.some(([name]) => name === "text");
const isHere = (url) => url === address || Boolean(repliesAt(url));
const repliesAt = (url) => part(`[data-replies="${CSS.escape(url.split("/").at(-2))}"]`);

// Own comments that are on their way, and where a comment is being settled or taken back.
function paint() {
  if (!panel()) return;
  for (const old of slot.querySelectorAll("[data-op-id]")) old.remove();
  const own = waiting().filter((change) => change.canvas === here.canvas && isOurs(change));
  const stuck = own.findIndex((change) => stateOf(change).is !== "saving");
  const is = (change, n) => (n > stuck && stuck >= 0 ? "unsent" : stateOf(change).is);
  const all = [...sent.map((change) => ({ ...change, is: "sent" })), ...own.map((change, n) => ({ ...change, is: is(change, n) }))];
  for (const change of all.filter(({ kind }) => kind === "comment")) {
    if (isSaying(change.body)) stand(change);
    else mark(change);
  }
}

function stand({ op, url, body, is }) {
  const place = url === address ? part("[data-unsent]") : repliesAt(url);
  if (!place || document.getElementById(`comment-${op}`)) return;
  const item = document.createElement("li");
  item.dataset.opId = op;
  item.append(part("template[data-own]").content.cloneNode(true));
  const said = new Map(body);
  const kind = part(`#say [name=kind][value="${CSS.escape(said.get("kind") ?? "")}"]`);
  const fill = (name, text) => { item.querySelector(name).textContent = text; };
  fill(".comment__kind", kind?.nextElementSibling.textContent ?? "");
  fill(".comment__by", here.name);
  fill(".comment__text", said.get("text"));
  fill("[data-state]", words[is === "held" ? "unsent" : is]);
  place.append(item);
}

function mark({ op, url, is }) {
  const form = part(`[data-list] form[action="${CSS.escape(url)}"]`);
  if (!form) return;
  const state = document.createElement("small");
  state.dataset.opId = op;
  state.textContent = words[is === "held" ? "unsent" : is];
  form.append(state);
}

function reply(link) {
  const form = part("#say-reply");
  empty(form);
  form.dataset.draft = `reply:${link.dataset.reply}`;
  form.dataset.block = part("#say").dataset.block;
  form.setAttribute("action", new URL(link.href).pathname);
  const comment = link.closest(".comment");
  const [by, text] = [".comment__by", ".comment__text"].map((name) => comment.querySelector(name).textContent);
  form.querySelector("[data-to]").textContent = `${by}: ${text}`;
  turnTo(form);
  recall(form);
}

// What was written there is kept, and comes back when that comment is answered.
function empty(form) {
  keep(form, { isLeft: true });
  form.reset();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function turnTo(form) {
  for (const each of forms()) each.hidden = each !== form;
  form.elements.text.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-talk]");
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(link);
});

slot.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-shut],a[data-reply],a[data-unreply]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches("[data-shut]")) close();
  else if (link.matches("[data-reply]")) reply(link);
  else {
    empty(part("#say-reply"));
    turnTo(part("#say"));
  }
});

slot.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  else if (event.target.name === "text") enterSaves(event);
});

slot.addEventListener("outbox:taken", ({ detail: { form } }) => {
  if (!form.matches(".say")) return;
  form.reset();
  turnTo(part("#say"));
  const end = part(".talking__said");
  end.scrollTop = end.scrollHeight;
});

document.addEventListener("outbox:changed", paint);
document.addEventListener("outbox:saved", ({ detail: { change } }) => {
  if (change.kind !== "comment" || change.canvas !== here.canvas || !panel()) return;
  sent.push(change);
  paint();
  renew();
});
document.addEventListener("outbox:refused", ({ detail: { change, answer } }) => {
  if (change.kind === "comment" && isSaying(change.body)) toast(answer.reason || words.refused);
});
document.addEventListener("live:fresh", follow);
document.addEventListener("live:state", ({ detail: { state } }) => {
  if (state === "on" && panel() && !part("[data-unfetched]").hidden) renew();
});

// It closes before anything beneath it is asked.
document.addEventListener("board:back", (event) => {
  if (!panel() || event.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  close();
}, { capture: true });
