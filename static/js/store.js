// What must outlive the page: changes on their way to the server, drafts (docs/adr/0016), and changes the server has
// taken, should it lose them. In IndexedDB; where a browser refuses that, the first two in memory, and "store:lost" is
// fired on document, once.
import { leftAside, putAside } from "./aside.js";

const NAME = "kanvas";
const PATIENCE = 4000;
const REMEMBERED = 3 * 24 * 3600 * 1000; // what the server has taken: for a workshop of three days
const BEYOND = 1e9; // numbers of changes in memory, after all that are kept

// Each step makes a version out of the one before, with all that is in it. Only ever add to the end.
const STEPS = [
  (base) => {
    base.createObjectStore("changes", { keyPath: "seq", autoIncrement: true });
    base.createObjectStore("drafts", { keyPath: "key" });
  },
  (base) => base.createObjectStore("taken", { keyPath: "seq" }),
];

const memory = new Map();
let opening = null;
let isLost = false;

export const isKept = () => !isLost;

function open() {
  opening ??= new Promise((done, failed) => {
    // Some browsers never answer.
    setTimeout(failed, PATIENCE, new Error("the store does not open"));
    const asked = indexedDB.open(NAME, STEPS.length);
    asked.onupgradeneeded = ({ oldVersion }) => {
      for (const step of STEPS.slice(oldVersion)) step(asked.result, asked.transaction);
    };
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const base = asked.result;
      // A page of a newer version waits to take the store along; for this one it is too new then.
      base.onversionchange = () => { base.close(); opening = null; };
      base.onclose = () => { opening = null; };
      done(base);
    };
  });
  return opening;
}

// Runs work on the stores; its outcome counts when the transaction is complete. With isWhole nothing more will be
// asked of it, so that it completes even if the page ends meanwhile.
async function transact(work, { mode = "readwrite", durability = "relaxed", isWhole = false } = {}) {
  const base = await open();
  return new Promise((done, failed) => {
    const transaction = base.transaction(["changes", "drafts", "taken"], mode, { durability });
    transaction.oncomplete = () => done(outcome);
    transaction.onabort = () => failed(transaction.error);
    const outcome = work(...["changes", "drafts", "taken"].map((name) => transaction.objectStore(name)));
    if (isWhole) transaction.commit?.();
  });
}

function lose(problem) {
  if (isLost) return;
  isLost = true;
  console.info(`kanvas: nothing can be kept on this device: ${problem}`);
  document.dispatchEvent(new CustomEvent("store:lost"));
}

// What pages did not get into the store before they ended. A page that is there still may do so too: what is in twice
// then has one op_id, and is one change.
async function recover() {
  for (const [{ change, draft, remove = [] }, done] of leftAside()) {
    await transact((changes, drafts) => {
      for (const key of remove) drafts.delete(key);
      if (draft) drafts.put(draft);
      if (!change) return;
      changes.getAll().onsuccess = ({ target: { result } }) => {
        if (!result.some(({ op }) => op === change.op)) changes.put(change);
      };
    });
    done();
  }
}

const recovered = recover().catch((problem) => lose(problem));

// All changes, in order.
export async function changes() {
  let kept = [];
  await recovered;
  try {
    kept = (await transact((store) => store.getAll(), { mode: "readonly" })).result;
  } catch (problem) {
    lose(problem);
  }
  return [...kept, ...memory.values()];
}

// Takes a change in and its draft out, or neither.
export async function take(change, draft) {
  const done = putAside({ change, remove: draft ? [draft] : [] });
  try {
    const ask = (store, drafts) => {
      if (draft) drafts.delete(draft);
      return store.put(change);
    };
    change.seq = (await transact(ask, { durability: "strict", isWhole: true })).result;
  } catch (problem) {
    lose(problem);
    change.seq = BEYOND + memory.size;
    while (memory.has(change.seq)) change.seq += 1;
    memory.set(change.seq, change);
  }
  done();
}

// decide: (all changes, in order) => { put, remove, taken }: changes, numbers of changes, and changes that the server
// has, which are remembered instead.
export async function revise(decide) {
  const apply = (kept, store, remembered) => {
    const { put = [], remove = [], taken = [] } = decide([...kept, ...memory.values()]);
    for (const change of taken) {
      remove.push(change.seq);
      if (change.seq < BEYOND) remembered?.put({ ...change, at: Date.now() });
    }
    for (const change of put) change.seq < BEYOND ? store?.put(change) : memory.set(change.seq, change);
    for (const seq of remove) seq < BEYOND ? store?.delete(seq) : memory.delete(seq);
  };
  try {
    await transact((store, _, remembered) => {
      store.getAll().onsuccess = ({ target }) => apply(target.result, store, remembered);
    });
  } catch (problem) {
    lose(problem);
    apply([]);
  }
}

// Puts what was taken back among the changes, before whatever is still on its way, where isLacking says so. Returns
// whether there was any.
export async function remind(isLacking) {
  let isAny = false;
  await recovered;
  try {
    await transact((store, _, remembered) => {
      remembered.getAll().onsuccess = ({ target: { result } }) => {
        for (const { at, ...change } of result) {
          const isAgain = isLacking(change);
          if (isAgain) store.put({ ...change, isAgain });
          if (isAgain || Date.now() - at > REMEMBERED) remembered.delete(change.seq);
          isAny ||= isAgain;
        }
      };
    });
  } catch (problem) {
    lose(problem);
  }
  return isAny;
}

export async function drafts() {
  await recovered;
  try {
    return (await transact((_, store) => store.getAll(), { mode: "readonly" })).result;
  } catch (problem) {
    lose(problem);
    return [];
  }
}

// Keeps a draft in the place of others (their keys); without a draft these only go.
export async function keepDraft(draft, instead = []) {
  const ask = (_, store) => {
    for (const key of instead) store.delete(key);
    if (draft) store.put(draft);
  };
  const done = putAside({ draft, remove: instead });
  try {
    await transact(ask, { isWhole: true });
  } catch (problem) {
    lose(problem);
  }
  done();
}
