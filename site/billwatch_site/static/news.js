// What is new about the bills of a list, from the index my/index.json (mine.py says how it is written).

/** Each bill of the index by its id, with {changes, lines}; a line is {age, weight, day, sentence}, the newest first. */
export function indexed({ days, said, bills }) {
  const found = new Map();
  for (const [session, rows] of Object.entries(bills)) {
    for (const [number, [changes, ...told]] of Object.entries(rows)) {
      const lines = [];
      for (let i = 0; i < told.length; i += 4) {
        const [age, weight, day, sentence] = told.slice(i, i + 4);
        lines.push({ age, weight, day: days[day], sentence: said[sentence] });
      }
      found.set(`${session}/${number}`, { changes, lines });
    }
  }
  return found;
}

/** What is new about one bill since `seen` changes: how many, the lines that tell it, milestones first, and the weight
 *  of the first. A bill that was never looked at has no news: its past is none. */
export function newsOf({ changes, lines }, seen) {
  const fresh = seen === null ? 0 : Math.max(0, changes - seen);
  const told = lines.filter(({ age }) => age < fresh).sort((a, b) => a.weight - b.weight || a.age - b.age);
  return { fresh, lines: told.slice(0, 4), weight: told[0]?.weight ?? 2 };
}

/** The weightiest of the last day: nobody asks for the memorandum of what was signed. Of a heavy index the newest may be
 *  left out, and then nothing is known to be the last. */
function lastOf(lines) {
  const newest = lines.find(({ age }) => age === 0);
  return newest && lines.filter(({ day }) => day === newest.day).reduce((a, b) => (b.weight < a.weight ? b : a));
}

/** The bills of a list with what is known of them: those with news first, milestones before details, then the last
 *  moved. `bills` and `index` are by id; a bill that neither knows is shown by its id. */
export function followed(list, bills, index) {
  const rows = [...list].map(([id, { seen, at }]) => {
    const known = index.get(id);
    return { id, at, bill: bills.get(id), last: lastOf(known?.lines ?? []), ...newsOf(known ?? { changes: 0, lines: [] }, seen) };
  });
  const moved = (row) => row.last?.day ?? row.bill?.day ?? "";
  const before = (a, b) => Number(b.fresh > 0) - Number(a.fresh > 0) || (a.fresh ? a.weight - b.weight : 0);
  return rows.sort((a, b) => before(a, b) || moved(b).localeCompare(moved(a)) || a.id.localeCompare(b.id));
}
