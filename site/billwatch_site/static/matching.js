// Which bills answer a search, and in which order. Nothing here touches the page.

import { numbersIn, onlyNumbers, withoutNumbers } from "./numbers.js";

export const FILTERS = ["legislature", "session", "stage", "topic"];

// Where a word was found says how much it is worth: who types a number or a name means that bill.
const WORTH = [["number", 40], ["headline", 8], ["sponsor", 6], ["topics", 4], ["stage", 2], ["place", 2], ["session", 1]];

/** Words without case, accents and apostrophes: "Canzoneri-Fitzpatrick’s" is canzoneri, fitzpatricks. */
export function words(text) {
  const plain = text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A bill made ready to be searched. */
export function searchable(bill) {
  const line = (...texts) => ` ${texts.flatMap(words).join(" ")} `;
  return {
    ...bill,
    words: {
      number: line(bill.number, bill.number.replace(/^\D+/, "")),
      headline: line(bill.headline),
      sponsor: line(bill.sponsor),
      topics: line(...bill.topicNames),
      stage: line(bill.stageName),
      place: line(bill.place),
      session: line(bill.sessionName, bill.session),
    },
  };
}

/** The bills that have one of the query's numbers, if it has any, and in which each of its words begins a word
 *  somewhere: best first, then the latest moved. */
export function matches(bills, query) {
  const numbers = numbersIn(query).map(({ identifier }) => identifier);
  const terms = words(withoutNumbers(query));
  return bills
    .filter((bill) => !numbers.length || numbers.includes(bill.number))
    .map((bill) => [worth(bill, terms), bill])
    .filter(([found]) => found > 0)
    .sort(([a, one], [b, two]) => b - a || compared(two.day, one.day) || compared(one.id, two.id))
    .map(([, bill]) => bill);
}

function worth(bill, terms) {
  let sum = 1;
  for (const term of terms) {
    const best = Math.max(...WORTH.map(([field, factor]) => factor * closeness(bill.words[field], term)));
    if (!best) return 0;
    sum += best;
  }
  return sum;
}

/** 2 for the word itself, 1 for the beginning of one, 0 for neither. */
function closeness(line, word) {
  if (line.includes(` ${word} `)) return 2;
  return line.includes(` ${word}`) ? 1 : 0;
}

function compared(one, two) {
  return one < two ? -1 : Number(one > two);
}

/** Whether a bill passes every filter but `except`. */
export function passes(bill, filters, except = "") {
  return FILTERS.every((name) => {
    const wanted = name === except ? "" : filters[name];
    return !wanted || (name === "topic" ? bill.topics.includes(wanted) : bill[name] === wanted);
  });
}

/** How many of these bills each choice of a filter would leave, the other filters as they are. */
export function choices(bills, filters, name) {
  const counts = new Map();
  for (const bill of bills.filter((one) => passes(one, filters, name))) {
    for (const value of name === "topic" ? bill.topics : [bill[name]]) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return counts;
}

/** What is known of the numbers in a query: for each identifier its bills here, and the session that was written. */
export function numbersKnown(bills, query) {
  const known = new Map();
  for (const number of numbersIn(query)) {
    known.set(number.identifier, { ...number, namesakes: bills.filter((bill) => bill.number === number.identifier) });
  }
  const found = [...known.values()];
  // "9191" names a candidate of either house: what only one of them has is what was meant.
  return found.filter((one) => !one.vague || one.namesakes.length || !found.some((other) => other.namesakes.length));
}

/** The page that a search for one number means, "ny/2017/S9191" or "ny/S9191"; "" where there is no such one page. */
export function pageMeant(bills, query) {
  if (!onlyNumbers(query)) return "";
  const known = numbersKnown(bills, query);
  if (known.length !== 1) return "";
  const [{ identifier, session, namesakes }] = known;
  const exact = namesakes.filter((bill) => bill.session === session);
  if (exact.length === 1) return exact[0].id;
  const places = new Set(namesakes.map((bill) => bill.legislature));
  return places.size === 1 ? `${[...places][0]}/${identifier}` : "";
}

/** The shards to read: enough of the latest, or those of the session asked for, or all. */
export function shardsFor(shards, session, all, enough = 5000) {
  if (session) return shards.filter((shard) => shard.session === session);
  let before = 0;
  return shards.filter((shard) => {
    const wanted = all || before < enough;
    before += shard.bills;
    return wanted;
  });
}
