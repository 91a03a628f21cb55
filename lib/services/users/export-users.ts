import "server-only";
import type { Caller } from "@/lib/domain/caller";
import type { UserView } from "@/lib/domain/users/present";

import { type ExportFormat, type ExportPage, exportRows } from "../export-rows";
import { listUsers } from "./list-users";

const perPage = 1_000;

/** The users that a filter finds, all of them, as text. Refuses before the first line or not at all. */
export async function exportUsers(
  caller: Caller,
  filter: Record<string, unknown>,
  format: ExportFormat,
): Promise<AsyncIterable<string>> {
  const page = async (cursor?: string): Promise<ExportPage<UserView, string>> => {
    const asked = { ...filter, limit: perPage, page: cursor };
    const { items, nextPage } = await listUsers(caller, asked);
    return { rows: items, next: nextPage };
  };
  return exportRows({ format, columns, first: await page(), after: page });
}

const columns = [
  "id",
  "name",
  "kind",
  "state",
  "description",
  "email",
  "emailVerified",
  "dbUserName",
  "createdAt",
  "lastSignInAt",
  "freeformTags",
  "definedTags",
  "hasSecondFactor",
] as const satisfies readonly (keyof UserView)[];
