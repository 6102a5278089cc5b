// Changes made on top of one that is answered now. Nothing of them was sent yet, so they may still be changed.
const WORDS = "text gives gets output centre_owner partner_owner due_on resources indicator status linked_block".split(" ");
const plain = (text) => (text ?? "").replace(/\r\n/g, "\n").trim();

// Those of all that change, changed.
export function follow(done, note, all) {
  if (done.kind !== "edit" && done.kind !== "add") return [];
  const sent = new Map(done.body);
  const isKeptBeside = note.id !== done.note;
  const isAsSent = WORDS.every((name) => plain(note[name]) === plain(sent.get(name)));
  // Put together with another's words, which the writer of the next has not seen: let the server do that again.
  if (!isKeptBeside && !isAsSent) return [];
  const base = done.kind === "add" ? "1" : sent.get("base_version");
  return all
    .filter((later) => later.seq > done.seq && later.kind === "edit" && later.note === done.note && !later.refused)
    .filter((later) => new Map(later.body).get("base_version") === base)
    .map((later) => ({
      ...later, note: note.id, url: later.url.replace(done.note, note.id),
      body: later.body.map(([name, value]) => [name, name === "base_version" ? String(note.version) : value]),
    }));
}
