import { z } from "zod";

import type { Caller } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";
import { wireStateOf } from "@/lib/domain/credentials/wire-models";
import { type Page, pageFields, pageOf, pageRequest, sortFields } from "@/lib/services/paged";

import { given, lifecycleStateQuery, nameQuery, pageQuery, sortQuery } from "./lists";

/** What a list of a user's credentials may be asked for, where Oracle's has pages. */
export const credentialListQuery = z.object({
  ...pageQuery,
  ...nameQuery,
  ...sortQuery,
  ...lifecycleStateQuery,
});

type ListQuery = z.infer<typeof credentialListQuery>;

const paging = z.object({ ...pageFields, ...sortFields });

export interface CredentialList {
  /** Whose, and under which of Oracle's names: a page is one of this list and no other. */
  readonly name: string;
  readonly query: ListQuery;
  readonly caller: Caller;
}

/** Throws `invalid_input` for a page of another list or a limit out of bounds, before anything is read. */
export function requireUsablePage(list: CredentialList): void {
  requestOf(list);
}

/** Few enough are a user's to be read at once: the page is cut from what was read. */
export function credentialPage(
  views: readonly CredentialView[],
  list: CredentialList,
): Page<CredentialView> {
  const request = requestOf(list);
  const { after, sortBy } = request;
  const sign = request.sortOrder === "ASC" ? 1 : -1;
  const place = (row: { id: string; name: string; createdAt: Date }) => ({
    value: sortBy === "NAME" ? row.name : row.createdAt.toISOString(),
    id: row.id,
  });
  const compare = (one: Place, other: Place) =>
    sign * (order(one.value, other.value) || order(one.id, other.id));
  const rows = views
    .filter((view) => isAsked(view, list.query))
    .map((view) => ({
      id: view.id,
      name: view.name.slice(0, sortedCharacters),
      createdAt: new Date(view.createdAt),
      view,
    }))
    .filter((row) => after === undefined || compare(place(row), after) > 0)
    .toSorted((one, other) => compare(place(one), place(other)));
  return pageOf(rows, request, ({ view }) => view);
}

interface Place {
  readonly value: string;
  readonly id: string;
}

/** A page's address holds the name it begins after, and has its own limit. */
const sortedCharacters = 60;

function requestOf({ name: list, query, caller }: CredentialList) {
  const { name, lifecycleState } = query;
  const asked = parseInput(paging, given(query, "limit", "page", "sortBy", "sortOrder"));
  return pageRequest(asked, { list, name, lifecycleState }, caller);
}

function isAsked(view: CredentialView, { name, lifecycleState }: ListQuery): boolean {
  return (
    (name === undefined || view.name === name) &&
    (lifecycleState === undefined || wireStateOf(view).lifecycleState === lifecycleState)
  );
}

const order = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
