import { withParameters } from "@/lib/client/address";
import { actionWords, knownActions } from "@/lib/domain/audit/words";
import type { AuditFilter } from "@/lib/domain/audit/search";

/** What the address of the *Audit log* page says about the list. */
export interface AuditQuery {
  readonly search: string;
  readonly action: string;
  readonly outcome: "all" | "done" | "refused";
  /** Days in UTC, YYYY-MM-DD, both included; empty when not said. */
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
    from: dayOf(text("from")),
    until: dayOf(text("until")),
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
    ...(from === "" ? {} : { from: `${from}T00:00:00Z` }),
    ...(until === "" ? {} : { until: dayAfter(until) }),
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

/** A day that exists, from the years that a database knows; else nothing. */
function dayOf(text: string): string {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return "";
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : "";
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString();
}
