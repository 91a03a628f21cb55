import { withParameters } from "@/lib/client/address";
import { actionWords, knownActions } from "@/lib/domain/audit/words";
import type { AuditFilter } from "@/lib/domain/audit/search";

/** What the address of the *Audit log* page says about the list. */
export interface AuditQuery {
  readonly search: string;
  readonly action: string;
  readonly outcome: "all" | "done" | "refused";
  /** Instants to the minute, `2026-11-30T17:05Z`, both minutes included; empty when not said. */
  readonly from: string;
  readonly until: string;
  /** The id of the last event of the page before. */
  readonly before: number | undefined;
}

export const outcomeOptions = [
  { value: "all", label: "All outcomes" },
  { value: "done", label: "Done" },
  { value: "refused", label: "Refused" },
] as const;

export const actionOptions = [
  { value: "", label: "All actions" },
  ...knownActions.map((action) => ({ value: action, label: actionWords(action) })),
];

export const longestSearch = 200;

/** Reads the address. What it does not understand counts as not said. */
export function readAuditQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): AuditQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const before = /^[1-9]\d{0,14}$/.exec(text("before"))?.[0];
  return {
    search: text("search").slice(0, longestSearch),
    action: knownActions.includes(text("action")) ? text("action") : "",
    outcome: outcomeOptions.find(({ value }) => value === text("outcome"))?.value ?? "all",
    from: minuteOf(text("from"), "00:00"),
    until: minuteOf(text("until"), "23:59"),
    before: before === undefined ? undefined : Number(before),
  };
}

export function auditHref(query: AuditQuery): string {
  return withParameters("/identity/audit", parametersOf(query));
}

export function exportHref(query: AuditQuery, format: "csv" | "jsonl"): string {
  const parameters = parametersOf({ ...query, before: undefined });
  parameters.set("format", format);
  return withParameters("/api/console/audit/export", parameters);
}

/** The query in the words of the use case `searchAuditLog`. */
export function filterOf({ search, action, outcome, from, until }: AuditQuery): AuditFilter {
  return {
    ...(search === "" ? {} : { search }),
    ...(action === "" ? {} : { action }),
    ...(outcome === "all" ? {} : { outcome }),
    ...(from === "" ? {} : { from: new Date(from).toISOString() }),
    ...(until === "" ? {} : { until: new Date(Date.parse(until) + 60_000).toISOString() }),
  };
}

function parametersOf({ search, action, outcome, from, until, before }: AuditQuery) {
  const parameters = new URLSearchParams();
  if (search !== "") parameters.set("search", search);
  if (action !== "") parameters.set("action", action);
  if (outcome !== "all") parameters.set("outcome", outcome);
  if (from !== "") parameters.set("from", from);
  if (until !== "") parameters.set("until", until);
  if (before !== undefined) parameters.set("before", String(before));
  return parameters;
}

/**
 * A minute in UTC that exists, from the years that a database knows; else nothing. A day alone is the minute of it that is
 * given, and a time without a zone, as a form without JavaScript sends it, is in UTC.
 */
function minuteOf(text: string, ofDay: string): string {
  const [, day, time = ofDay] = /^([12]\d{3}-\d\d-\d\d)(?:T(\d\d:\d\d)Z?)?$/.exec(text) ?? [];
  const minute = `${day}T${time}`;
  const date = new Date(`${minute}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(minute) ? `${minute}Z` : "";
}
