import { withParameters } from "@/lib/client/address";

/** What the address of the *Users* page says about the list. */
export interface UsersQuery {
  readonly search: string;
  readonly state: UsersState;
  readonly kind: UsersKind;
  readonly holds: UsersHolds;
  readonly factor: UsersFactor;
  readonly sort: UsersSort;
  /** The cursor of a later page; it belongs to one search, state and sort. */
  readonly page: string | undefined;
}

export type UsersState = (typeof stateOptions)[number]["value"];
export type UsersKind = (typeof kindOptions)[number]["value"];
export type UsersHolds = (typeof holdsOptions)[number]["value"];
export type UsersFactor = (typeof factorOptions)[number]["value"];
export type UsersSort = keyof typeof sortOrders;

export const stateOptions = [
  { value: "all", label: "All states" },
  { value: "active", label: "Active" },
  { value: "blocked", label: "Blocked" },
  { value: "suspended", label: "Suspended" },
  { value: "invited", label: "Invited" },
] as const;

export const kindOptions = [
  { value: "all", label: "All kinds" },
  { value: "local", label: "Local" },
  { value: "service", label: "Service" },
  { value: "federated", label: "Federated" },
] as const;

export const holdsOptions = [
  { value: "any", label: "Any credentials" },
  { value: "old", label: "Credentials older than 90 days" },
] as const;

export const factorOptions = [
  { value: "any", label: "Any second factor" },
  { value: "none", label: "No second factor" },
] as const;

export const sortOptions = [
  { value: "name", label: "Name, A to Z" },
  { value: "-name", label: "Name, Z to A" },
  { value: "-created", label: "Newest first" },
  { value: "created", label: "Oldest first" },
] as const satisfies readonly { value: UsersSort; label: string }[];

const sortOrders = {
  name: { sortBy: "NAME", sortOrder: "ASC" },
  "-name": { sortBy: "NAME", sortOrder: "DESC" },
  created: { sortBy: "TIMECREATED", sortOrder: "ASC" },
  "-created": { sortBy: "TIMECREATED", sortOrder: "DESC" },
} as const;

const usersPerPage = 50;

/** Reads the address. What it does not understand counts as not said. */
export function readUsersQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): UsersQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value : "";
  };
  return {
    search: text("search").trim().slice(0, longestSearch),
    state: stateOptions.find(({ value }) => value === text("state"))?.value ?? "all",
    kind: kindOptions.find(({ value }) => value === text("kind"))?.value ?? "all",
    holds: holdsOptions.find(({ value }) => value === text("holds"))?.value ?? "any",
    factor: factorOptions.find(({ value }) => value === text("factor"))?.value ?? "any",
    sort: sortOptions.find(({ value }) => value === text("sort"))?.value ?? "name",
    page: text("page") === "" ? undefined : text("page"),
  };
}

export const longestSearch = 200;

/** The same list by its address; a change of search, filter or sort begins at the first page. */
export function usersHref(query: UsersQuery): string {
  return withParameters("/identity/users", parametersOf(query));
}

/** The whole list as a file, whichever page is shown. */
export function usersExportHref(query: UsersQuery, format: "csv" | "jsonl"): string {
  const parameters = parametersOf({ ...query, page: undefined });
  parameters.set("format", format);
  return withParameters("/api/console/users/export", parameters);
}

function parametersOf(query: UsersQuery): URLSearchParams {
  const { search, state, kind, holds, factor, sort, page } = query;
  const parameters = new URLSearchParams();
  if (search !== "") parameters.set("search", search);
  if (state !== "all") parameters.set("state", state);
  if (kind !== "all") parameters.set("kind", kind);
  if (holds !== "any") parameters.set("holds", holds);
  if (factor !== "any") parameters.set("factor", factor);
  if (sort !== "name") parameters.set("sort", sort);
  if (page !== undefined) parameters.set("page", page);
  return parameters;
}

/** The query in the words of the use case `listUsers`. */
export function listInput({ search, state, kind, holds, factor, sort, page }: UsersQuery) {
  return {
    limit: usersPerPage,
    ...sortOrders[sort],
    ...(search === "" ? {} : { search }),
    ...(state === "all" ? {} : { standing: state }),
    ...(kind === "all" ? {} : { kind }),
    ...(holds === "old" ? { holdsOld: true } : {}),
    ...(factor === "none" ? { lacksSecondFactor: true } : {}),
    ...(page === undefined ? {} : { page }),
  };
}
