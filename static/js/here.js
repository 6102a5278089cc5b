// Who writes here, and where: what is kept on a device that passes through many hands is kept with these.
const { canvas = location.pathname, workshop = "", person = "", name = "" } = document.body.dataset;
export const here = { canvas, workshop, person, name };

// crypto.randomUUID does not exist on http://192.168.x.x
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// This load of the page, and the one that was in this tab before, which has ended: what it left is ours. In a copied tab
// it is still there; what both send then has one op_id.
export const PAGE = uuid();
export const BEFORE = predecessor();

function predecessor() {
  try {
    const page = sessionStorage.getItem("kanvas-page");
    sessionStorage.setItem("kanvas-page", PAGE);
    return page;
  } catch {
    return null;
  }
}

const plain = (text) => (text ?? "").trim().toLowerCase();

// Whether something kept is of whoever is here: the same person, or one of this name at this table, who joined again.
export const isOurs = (kept) =>
  kept.person === person || (kept.canvas === canvas && plain(name) !== "" && plain(kept.name) === plain(name));
