// The search page: what is typed and chosen stands in the address, so that a search can be linked and gone back to.

import { ROOT, address, billsOf, directory } from "./bills.js";
import { FILTERS, choices, matches, numbersKnown, pageMeant, passes, searchable, shardsFor, words } from "./matching.js";
import { onlyNumbers, withoutNumbers } from "./numbers.js";
import { counted, el, time } from "./pieces.js";

const PAGE = 20;
const form = document.getElementById("search");
const results = document.getElementById("results");
const outcome = document.getElementById("outcome");
const texts = document.getElementById("texts");
const browse = document.getElementById("browse");
const field = form.elements.namedItem("q");

let names; // the directory
let bills = []; // what has been read of the index, made ready
let read = new Set(); // the paths of its shards
let shown = PAGE;
let everything = false; // whether the earlier sessions are wanted too
let asking = 0; // counts searches, so that a slow answer does not come after a later one

// --- the state of the page is its address: behind #, which no browser sends to a server -------------------------------

function state() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const filters = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? ""]));
  return { query: (asked.get("q") ?? "").trim().slice(0, 200), filters };
}

function formed() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) asked.set(name, value.trim());
  return String(asked) ? `#${asked}` : location.pathname;
}

/** The form as the address has it. */
function fill() {
  const { query, filters } = state();
  if (field.value.trim() !== query) field.value = query;
  for (const name of FILTERS) choose(form.elements.namedItem(name), filters[name]);
}

/** A value that no choice has (an old link) is a choice of its own: it finds nothing, and can be taken back. */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value }, value));
  select.value = value;
}

// --- the index -------------------------------------------------------------------------------------------------------

async function load({ query, filters }) {
  names ??= await directory();
  const all = everything || onlyNumbers(query);
  const missing = shardsFor(names.shards, filters.session, all).filter((shard) => !read.has(shard.path));
  const more = await Promise.all(missing.map((shard) => billsOf(shard, names)));
  const fresh = missing.flatMap((shard, i) => (read.has(shard.path) ? [] : [read.add(shard.path) && more[i]]));
  bills = bills.concat(fresh.flat().map(searchable));
}

async function search() {
  const turn = ++asking;
  const now = state();
  const asked = Boolean(now.query) || FILTERS.some((name) => now.filters[name]);
  browse.hidden = asked;
  texts.hidden = true;
  if (!asked) return show([], []);
  try {
    await load(now);
  } catch {
    return say("The search could not be loaded. Try again, or look through the lists below.", (browse.hidden = false));
  }
  if (turn !== asking) return;
  const matched = now.query ? matches(bills, now.query) : [...bills].sort((a, b) => (a.day < b.day ? 1 : -1));
  count(matched, now.filters);
  const found = matched.filter((bill) => passes(bill, now.filters));
  show(numbersKnown(bills, now.query), found, now.query);
  sayFound(found.length, now);
  await showTexts(now, new Set(found.map((bill) => bill.id)), turn);
}

/** Where one bill's number was asked for and nothing else, its page is the answer. */
async function goStraight(leave) {
  const { query } = state();
  if (!query || !onlyNumbers(query)) return false;
  await load(state());
  const page = pageMeant(bills, query);
  if (page) leave(address(page));
  return Boolean(page);
}

// --- what is shown ---------------------------------------------------------------------------------------------------

function show(numbers, found, query = "") {
  const shared = numbers.filter(({ namesakes }) => namesakes.length > 1);
  const unknown = numbers.filter(({ namesakes }) => !namesakes.length);
  const marked = new Set(words(withoutNumbers(query)));
  results.replaceChildren(
    ...shared.map(numberNote),
    ...unknown.map(unknownNote),
    found.length ? el("ol", { class: "found" }, ...found.slice(0, shown).map((bill) => entry(bill, marked))) : "",
    moreButton(found.length),
    earlierButton(query || found.length),
  );
  if (!query && !found.length) say("");
}

function entry(bill, marked) {
  const href = address(bill.id);
  const topics = bill.topicNames.length ? [el("span", { class: "topics" }, bill.topicNames.join(" · "))] : [];
  return el(
    "li",
    {},
    el("p", { class: "kicker" }, el("a", { href }, bill.number), " ", el("span", { class: "session" }, bill.sessionName), " ",
      bill.sponsor && el("span", { class: "by" }, ...highlighted(bill.sponsor, marked))),
    el("h2", {}, el("a", { href }, ...highlighted(bill.headline, marked))),
    el("p", { class: "about" }, el("span", { class: "stage" }, bill.stageName),
      bill.place && [", ", ...highlighted(bill.place, marked)],
      bill.day ? [", last moved ", time(bill.day)] : "", ". ", ...topics),
  );
}

/** A text with the words that were looked for marked where words begin with them. */
function highlighted(text, marked) {
  if (!marked.size) return [text];
  return text.split(/([\p{L}\p{N}\p{M}'’]+)/u).map((part, i) => {
    const [word = ""] = i % 2 ? words(part) : [];
    return word && [...marked].some((one) => word.startsWith(one)) ? el("mark", {}, part) : part;
  });
}

function numberNote({ identifier, namesakes }) {
  const href = address(`${namesakes[0].legislature}/${identifier}`);
  const told = `The number ${identifier} stands for ${namesakes.length} bills here. `;
  return el("p", { class: "note" }, told, el("a", { href }, `All that we know of ${identifier}`));
}

function unknownNote({ identifier, session }) {
  const told = el("p", { class: "note unknown" });
  told.append(el("strong", {}, `${identifier}${session ? ` of ${session}` : ""} is not known here.`));
  told.append(" This site has the bills on its topics and their families only. ");
  for (const [code, place] of Object.entries(names.legislatures)) {
    const latest = session ?? names.shards.find((shard) => shard.legislature === code)?.session;
    if (!place.official || !latest) continue;
    const href = place.official.replace("SESSION", latest).replace("NUMBER", identifier);
    told.append(el("a", { href, rel: "external" }, `Look up ${identifier} of ${latest} at ${place.publisher}`), " ");
  }
  return told;
}

// --- the full text, where the publisher has it indexed ---------------------------------------------------------------

let pagefind;

/** Bills whose page has the words elsewhere than in what the index above holds. */
async function showTexts({ query, filters }, found, turn) {
  if (!("fullText" in form.dataset) || !query || onlyNumbers(query)) return;
  pagefind ??= await import(new URL("pagefind/pagefind.js", ROOT));
  const wanted = Object.entries(filters).filter(([, value]) => value);
  const answer = await pagefind.search(query, { filters: Object.fromEntries(wanted) });
  const pages = await Promise.all((answer?.results ?? []).slice(0, PAGE).map((result) => result.data()));
  const others = pages.filter(({ meta }) => !found.has(meta.id));
  if (turn !== asking || !others.length) return;
  const marked = new Set(words(query));
  texts.querySelector("ol").replaceChildren(...others.map((page) => passage(page, marked)));
  texts.hidden = false;
  if (found.size) return;
  say(`Found in the text of ${counted(others.length, "bill")}, in no title.`);
  browse.hidden = true;
}

function passage({ meta, plain_excerpt }, marked) {
  const [, session, number] = meta.id.split("/");
  const bill = bills.find((one) => one.id === meta.id);
  const href = address(meta.id);
  return el(
    "li",
    {},
    el("p", { class: "kicker" }, el("a", { href }, number), " ", el("span", { class: "session" }, bill?.sessionName ?? session)),
    el("h3", {}, el("a", { href }, bill?.headline ?? meta.title)),
    el("p", { class: "about" }, "… ", ...highlighted(unescaped(plain_excerpt), marked), " …"),
  );
}

/** pagefind escapes what it quotes; here it becomes text, not markup. */
function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function moreButton(found) {
  const rest = found - shown;
  if (rest <= 0) return "";
  return el("button", { type: "button", click: () => ((shown += PAGE), search()) }, `Show ${Math.min(rest, PAGE)} more`);
}

function earlierButton(wanted) {
  const rest = (names?.shards ?? []).filter((shard) => !read.has(shard.path));
  if (!wanted || !rest.length || state().filters.session) return "";
  const more = counted(rest.reduce((sum, shard) => sum + shard.bills, 0), "bill");
  const click = () => ((everything = true), search());
  return el("button", { type: "button", click }, `Search the earlier sessions too (${more})`);
}

function count(matched, filters) {
  for (const name of FILTERS) {
    const counts = choices(matched, filters, name);
    for (const option of form.elements.namedItem(name).options) {
      const words = (option.dataset.words ??= option.textContent);
      if (option.value) option.textContent = `${words} (${(counts.get(option.value) ?? 0).toLocaleString("en-GB")})`;
    }
  }
}

function say(text) {
  outcome.textContent = text;
}

function sayFound(number, { query, filters }) {
  const chosen = FILTERS.some((name) => filters[name]);
  if (number) return say(`${counted(number, "bill")}${number > shown ? `, the first ${shown} of them` : ""}.`);
  say(`No bill found${query ? ` for “${query}”` : ""}${chosen ? " with these filters" : ""}.`);
  if (!chosen) browse.hidden = false;
}

// --- what people do --------------------------------------------------------------------------------------------------

let pause;

field.addEventListener("input", () => {
  clearTimeout(pause);
  // `typed` tells a page that was gone back to from one that was asked for: only the latter leads straight on.
  pause = setTimeout(() => (history.replaceState({ typed: true }, "", formed()), (shown = PAGE), search()), 120);
});

form.addEventListener("change", (event) => {
  if (event.target === field) return;
  history.pushState({ typed: true }, "", formed());
  shown = PAGE;
  search();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(pause);
  if (formed() !== (location.hash || location.pathname)) history.pushState({ typed: true }, "", formed());
  shown = PAGE;
  if (!(await goStraight((href) => location.assign(href)).catch(() => false))) search();
});

addEventListener("popstate", () => (fill(), search()));

// A link with a question mark was sent once; it is not sent again.
if (location.search) history.replaceState(history.state, "", `${location.pathname}#${location.search.slice(1)}`);
fill();
form.hidden = document.getElementById("spellings").hidden = false;
const straight = !history.state?.typed && (await goStraight((href) => location.replace(href)).catch(() => false));
if (!straight) {
  history.replaceState({ typed: true }, "");
  await search();
}
