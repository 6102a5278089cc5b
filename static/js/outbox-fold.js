// The notes of a canvas as they will be when everything on its way has arrived. Pure, but for reading the page.

const dotted = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ".");

// A note as it stands on the page, from the server; undefined when it does not.
export function noteOf(id) {
  const note = document.getElementById(`note-${id}`);
  if (!note) return undefined;
  const words = note.querySelector(".note__text").lastChild;
  const part = (name) => note.querySelector(`[data-${name}]`)?.textContent ?? "";
  const fields = [
    ["text", words?.nodeType === Node.TEXT_NODE ? words.data : ""], ["gives", part("gives")], ["gets", part("gets")],
    ["side", note.dataset.from ?? ""],
    ...[...note.querySelectorAll(".tag[data-seg]")].map((tag) => ["segments", tag.dataset.seg]),
  ];
  if (note.querySelector(".tag--i")) fields.push(["inclusion", "1"]);
  fields.push(["evidence", note.dataset.evidence ?? "none"]);
  const { amount, low, high } = note.querySelector("[data-amount]")?.dataset ?? {};
  if (amount) {
    fields.push(["amount", dotted(amount)], ["amount_low", dotted(low)], ["amount_high", dotted(high)]);
    fields.push(["amounts_were", `${amount}/${low}/${high}`]);
  }
  return { fields, block: note.closest(".cell").dataset.block, base: note.dataset.version };
}

// The fields of a change or a draft. Pages of before only asked whether a note is an assumption.
export function said(fields) {
  const all = new URLSearchParams(fields);
  if (all.has("assumption")) all.set("evidence", "assumption");
  return all;
}

const ORDER = ["sent", "saving", "held", "unsent"];
const worse = (one, other) => ORDER[Math.max(ORDER.indexOf(one), ORDER.indexOf(other))];

// changes: in order, each with `is`. Returns a Map of note to { fields, block, before, base, is, isNew, isChanged,
// isElsewhere, isHidden, ops (those of its changes) }.
export function fold(changes, read = noteOf) {
  const notes = new Map();
  const each = standing(changes).flatMap((change) => change.notes?.map((note) => ({ ...change, note })) ?? change);
  for (const change of each.filter(({ note }) => note)) {
    const note = notes.get(change.note) ?? begin(change, read(change.note));
    note.is = worse(note.is, change.is);
    notes.set(change.note, { ...apply(note, change), ops: [...(note.ops ?? []), change.op] });
  }
  return notes;
}

// Without what is undone on the way. What was undone that is no longer on the way, the server has to say.
function standing(changes) {
  const done = [];
  let undone = [];
  for (const change of changes) {
    // A vote leaves its note as it is, and is not undone but withdrawn.
    if (change.kind === "vote") continue;
    if (change.kind === "undo") undone.push(...done.splice(-1));
    else if (change.kind === "redo") done.push(...undone.splice(-1));
    else {
      done.push(change);
      undone = [];
    }
  }
  return done;
}

// Whoever changed a note that is not there (any more) knows what it was.
function begin(change, found) {
  if (found) return { ...found };
  if (change.kind === "add") return { fields: change.body, block: change.block, base: "1", isNew: true };
  return { fields: change.body, block: change.block, ...change.was, isNew: true, isHidden: !change.was };
}

function apply(note, { kind, block, body }) {
  if (kind === "cluster") return { ...note, cluster: new Map(body).get("name"), isChanged: true };
  if (kind === "edit") return { ...note, fields: body, isChanged: true };
  if (kind === "move") return { ...note, block, before: new Map(body).get("before"), isElsewhere: true };
  if (kind === "delete" || kind === "hide") return { ...note, isHidden: true };
  if (kind === "restore" || kind === "show") return { ...note, isHidden: !note.fields.length };
  return note;
}
