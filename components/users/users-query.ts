/** What the address of the *Users* page says about the list. */
export interface UsersQuery {
  readonly search: string;
  readonly state: UsersState;
  readonly sort: UsersSort;
  /** The cursor of a later page; it belongs to one search, state and sort. */
  readonly page: string | undefined;
}

export type UsersState = "all" | "active" | "inactive";
export type UsersSort = keyof typeof sortOrders;

export const stateOptions = [
  { value: "all", label: "All states" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Blocked or suspended" },
] as const satisfies readonly { value: UsersState; label: string }[];

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
    sort: sortOptions.find(({ value }) => value === text("sort"))?.value ?? "name",
    page: text("page") === "" ? undefined : text("page"),
  };
}

export const longestSearch = 200;

/** The same list by its address; a change of search, state or sort begins at the first page. */
export function usersHref(query: UsersQuery): string {
  const given = new URLSearchParams();
  if (query.search !== "") given.set("search", query.search);
  if (query.state !== "all") given.set("state", query.state);
  if (query.sort !== "name") given.set("sort", query.sort);
  if (query.page !== undefined) given.set("page", query.page);
  return given.size === 0 ? "/identity/users" : `/identity/users?${given}`;
}

/** The query in the words of the use case `listUsers`. */
export function listInput({ search, state, sort, page }: UsersQuery) {
  return {
    limit: usersPerPage,
    ...sortOrders[sort],
    ...(search === "" ? {} : { search }),
    ...(state === "all" ? {} : { state: state === "active" ? "ACTIVE" : "INACTIVE" }),
    ...(page === undefined ? {} : { page }),
  };
}
