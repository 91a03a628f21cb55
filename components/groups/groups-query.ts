import { withParameters } from "@/lib/client/address";

/** What the address of the *Groups* page, or of a group's page, says about its list. */
export interface SearchQuery {
  readonly search: string;
  /** The cursor of a later page; it belongs to one search. */
  readonly page: string | undefined;
}

export const longestSearch = 200;
export const groupsPath = "/identity/groups";
export const groupPath = (groupId: string) => `${groupsPath}/${groupId}`;

const rowsPerPage = 50;

/** Reads the address. What it does not understand counts as not said. */
export function readSearch(
  given: Readonly<Record<string, string | string[] | undefined>>,
): SearchQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value : "";
  };
  return {
    search: text("search").trim().slice(0, longestSearch),
    page: text("page") === "" ? undefined : text("page"),
  };
}

/** The same list by its address; another search begins at the first page. */
export function searchHref(path: string, { search, page }: SearchQuery): string {
  const parameters = new URLSearchParams();
  if (search !== "") parameters.set("search", search);
  if (page !== undefined) parameters.set("page", page);
  return withParameters(path, parameters);
}

/** In the words of the use cases that list. */
export function searchInput({ search, page }: SearchQuery) {
  return {
    limit: rowsPerPage,
    ...(search === "" ? {} : { search }),
    ...(page === undefined ? {} : { page }),
  };
}
