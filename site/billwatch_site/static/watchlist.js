// The bills somebody follows, kept in this browser and nowhere else: localStorage, under one key, for all tabs.
//
// For each bill the list remembers how many changes it had when it was last looked at, and when that was. The count
// decides what is new; the moment is only said.

const KEY = "billwatch.my";
const ASIDE = "billwatch.my.unreadable";
const ID = /^[a-z]{2,8}\/[0-9][0-9a-z-]{0,15}\/[A-Z]{1,5}[0-9]{1,6}$/;
const MOST = 5000; // bills in a list: far more than anybody follows, far less than a browser holds

export function now() {
  return new Date().toISOString();
}

export function isBill(text) {
  return typeof text === "string" && ID.test(text);
}

/** The list of this browser. `storage` is localStorage, or something that fails like it in a test. */
export class WatchList {
  trouble = ""; // one sentence, where the browser does not let us keep the list
  #memory = null; // the list where nothing can be stored, or the last one that could not
  #listeners = [];

  constructor(storage = () => localStorage, window = globalThis) {
    this.storage = storage;
    window.addEventListener?.("storage", (event) => {
      if (event.key === KEY || event.key === null) this.#tell();
    });
  }

  /** Id of each bill, in the order they were added, with {seen, at}. */
  bills() {
    return new Map(this.#memory ?? this.#stored());
  }

  has(id) {
    return this.bills().has(id);
  }

  /** Follow bills: pairs of an id and {seen, at}, where seen is null if nobody knows yet. Those that are on the list
   *  stay as they are. */
  add(entries) {
    const bills = this.bills();
    for (const [id, entry] of entries) if (isBill(id) && !bills.has(id) && bills.size < MOST) bills.set(id, entry);
    this.#keep(bills);
  }

  remove(ids) {
    const bills = this.bills();
    for (const id of ids) bills.delete(id);
    this.#keep(bills);
  }

  /** Only these bills from now on; what was on the list keeps what was seen of it. */
  replace(entries) {
    const before = this.bills();
    this.#keep(new Map(entries.slice(0, MOST).map(([id, entry]) => [id, before.get(id) ?? entry])));
  }

  /** Somebody looked at bills that now have so many changes. An older page never takes back what was seen. */
  saw(counts, at = now()) {
    const bills = this.bills();
    for (const [id, seen] of counts) if (seen >= (bills.get(id)?.seen ?? 0) && bills.has(id)) bills.set(id, { seen, at });
    this.#keep(bills);
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  #stored() {
    try {
      const text = this.storage().getItem(KEY);
      return text === null ? [] : this.#understood(text);
    } catch {
      this.trouble = "This browser lets the site keep nothing: the list is gone when you leave this page.";
      this.#memory = new Map();
      return [];
    }
  }

  /** The entries of a stored text. One that is no list is put aside, never thrown away. */
  #understood(text) {
    const entries = entriesIn(text);
    if (entries) return entries;
    this.storage().setItem(ASIDE, text);
    this.storage().removeItem(KEY);
    this.trouble = `The list in this browser could not be read. It was put aside as “${ASIDE}”; a new one begins.`;
    return [];
  }

  #keep(bills) {
    try {
      this.storage().setItem(KEY, written(bills));
      this.#memory = null;
    } catch {
      this.#memory = bills;
      this.trouble ||= "This browser’s storage is full or closed: the change is gone when you leave this page.";
    }
    this.#tell();
  }
}

/** A list as it is stored and exported. */
export function written(bills) {
  const list = [...bills].map(([id, { seen, at }]) => ({ id, seen, at }));
  return JSON.stringify({ billwatch: "my bills", version: 1, bills: list });
}

/** What a stored or exported list says, as pairs of id and {seen, at}; null where it is no list. */
export function entriesIn(text) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  if (list?.version !== 1 || !Array.isArray(list.bills)) return null;
  const count = (seen) => (Number.isSafeInteger(seen) && seen >= 0 ? seen : null);
  const moment = (at) => (typeof at === "string" && !Number.isNaN(Date.parse(at)) ? at : "");
  return list.bills.filter((bill) => isBill(bill?.id)).map(({ id, seen, at }) => [id, { seen: count(seen), at: moment(at) }]);
}
