/**
 * The fields whose names say a place, put there: `scopes.0.audience` and `scopes.0.scope` are the first of `scopes`.
 * Places that the form does not have are closed up.
 */
export function nestedValues(form: FormData): Record<string, Record<string, string>[]> {
  const lists = new Map<string, Map<number, Record<string, string>>>();
  for (const [name, value] of form) {
    const [list, place, member, ...deeper] = name.split(".");
    if (list === undefined || place === undefined || member === undefined) continue;
    if (deeper.length > 0 || typeof value !== "string") continue;
    const rows = lists.get(list) ?? new Map<number, Record<string, string>>();
    lists.set(list, rows.set(Number(place), { ...rows.get(Number(place)), [member]: value }));
  }
  return Object.fromEntries(
    [...lists].map(([list, rows]) => [
      list,
      [...rows].toSorted(([left], [right]) => left - right).map(([, row]) => row),
    ]),
  );
}
