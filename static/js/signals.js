// Done with the step, or a raised hand: what whoever is here has said, by the server and with what is on its way on top.
// The form sends it (outbox.js). On a device of several people it is about whoever is chosen to write.
import { toast } from "./board-toast.js";
import { here, isOurs } from "./here.js";
import { send, waiting } from "./outbox.js";

const form = document.getElementById("sign");
const { me } = document.body.dataset;
const told = () => document.getElementById("signals").dataset;
const chosen = () => document.querySelector("#add [name=author_id]:checked");
const others = () => [...document.querySelectorAll("#add [name=author_id]")].map((radio) => radio.value).filter(Boolean);
let sent = []; // answered, and not on the page yet

const isSignal = ({ kind, canvas }) => kind === "signal" && canvas === here.canvas;

function own(kind, person) {
  let is = told()[kind].split(" ").includes(person);
  for (const { body } of [...sent, ...waiting().filter((change) => isSignal(change) && isOurs(change))]) {
    const said = new Map(body);
    const isAbout = (said.get("people") || me).split(" ").includes(person);
    if (isAbout && said.has(kind) && (kind === "hand" || said.get("step") === told().step)) is = said.get(kind) === "1";
  }
  return is;
}

function paint() {
  const writer = chosen();
  for (const kind of ["done", "hand"]) {
    const button = form.elements[kind];
    const is = own(kind, writer?.value || me);
    button.value = is ? 0 : 1;
    button.setAttribute("aria-pressed", is);
  }
  form.elements.done.hidden = !told().step;
  form.elements.step.value = told().step;
  form.elements.people.value = writer?.value ?? "";
  form.querySelector(".sign__for").textContent = writer?.value ? writer.nextElementSibling.textContent : "";
}

// Whose hand came down without them.
function look() {
  const isUp = own("hand", me);
  if (wasUp && !isUp) toast(form.dataset.lowered);
  wasUp = isUp;
  paint();
}

// As the page was loaded.
let wasUp = form?.elements.hand.getAttribute("aria-pressed") === "true";
if (form) {
  document.addEventListener("outbox:changed", paint);
  document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
    if (isSignal(change)) sent.push({ ...change, rev: answer.live });
  });
  document.addEventListener("live:fresh", ({ detail: { revision } }) => {
    sent = sent.filter(({ rev }) => rev > revision);
    look();
  });
  document.addEventListener("change", ({ target }) => { if (target.name === "author_id") paint(); });
  form.addEventListener("outbox:taken", ({ detail: { change } }) => {
    wasUp = own("hand", me);
    const fields = new Map(change.body);
    if (fields.get("done") !== "1" || !others().length) return;
    const name = chosen().nextElementSibling.textContent;
    const all = [["step", fields.get("step")], ["people", [me, ...others()].join(" ")], ["done", "1"]];
    const act = () => send({ kind: "signal", url: change.url, fields: all });
    toast(form.dataset.done.replace("{name}", name), { label: form.dataset.all, act });
  });
  look();
}
