// Bill numbers as people write them. The rules are those of the half that reads the sources; one table of examples,
// tests/numbers.json, holds both to the same answers.
//
// A number is a letter and up to five digits, used anew in every session. A letter after the digits names the print.

const YEAR = "(?:19|20)[0-9]{2}";
const SPAN = `${YEAR}(?:[-–](?:${YEAR}|[0-9]{2}))?`;
const DIGITS = "0*(?<digits>[1-9][0-9]{0,4})";
const PRINT = "(?:-?(?<print>[A-Z]))?";
const HOUSE = "(?:(?<house>SENATE|ASSEMBLY)(?:\\s+BILL)?(?:\\s+NO\\.?)?\\s+#?\\s*)?";
const LETTER = "(?:(?<letter>[SAJKBCELR])(?<gap>\\.\\s*|-|\\s*))?";
const BEFORE = `(?:(?<before>${SPAN})[-/ ]\\s*)?`;
const AFTER = `(?:(?:\\s*[-/(]\\s*|\\s+of\\s+|\\s+)(?<after>${SPAN})\\)?)?`;
const END = "(?![A-Z0-9])(?!-[0-9])";
const START = "(?<![A-Z0-9])";
const NUMBER = new RegExp(`${START}${BEFORE}${START}${HOUSE}${LETTER}${DIGITS}${PRINT}${AFTER}${END}`, "gi");
const BETWEEN = /^(?:[\s,;/&()#]|\b(?:and|or|bills?|nos?\.?|ny|same as|uni)\b)*$/i;
const SESSION = new RegExp(`^${YEAR}[-–](?:${YEAR}|[0-9]{2})$`);

/** The numbers in a text as {identifier, print, session, vague}, in its order and once each. A session is never guessed:
 *  it is null where none was written; an even year is read as the second of its session. A number without its house
 *  ("9191") counts where nothing but numbers was written, and gives a vague candidate of either house. */
export function numbersIn(text) {
  const line = oneLine(text);
  if (SESSION.test(line)) return [];
  const alone = onlyNumbers(line);
  const found = [...line.matchAll(NUMBER)].flatMap(({ groups }) => candidates(groups, alone));
  return [...new Map(found.map((number) => [JSON.stringify(number), number])).values()];
}

/** Whether a text is numbers and nothing else: such a search is a wish to see that bill. */
export function onlyNumbers(text) {
  return BETWEEN.test(oneLine(text).replace(NUMBER, " "));
}

/** A text less its numbers: what else is looked for. */
export function withoutNumbers(text) {
  const alone = onlyNumbers(text);
  return oneLine(text).replace(NUMBER, (match, ...rest) => (candidates(rest.at(-1), alone).length ? " " : match));
}

function oneLine(text) {
  return text.trim().split(/\s+/).join(" ");
}

function candidates({ house, letter, gap, digits, print, before, after }, alone) {
  const vague = !house && (!letter || /^\s+$/.test(gap));
  if (vague && !alone) return [];
  const letters = (letter ?? house?.[0] ?? "SA").toUpperCase();
  return [...letters].map((x) => ({
    identifier: x + digits,
    print: (print ?? "").toUpperCase(),
    session: sessionOf(before ?? after),
    vague: !letter && !house,
  }));
}

function sessionOf(year) {
  return year ? String((Number(year.slice(0, 4)) - 1) | 1) : null;
}
