import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { whenAvailable } from "@/components/shell/available-frame";
import { PageHeader } from "@/components/shell/page-header";
import { BulkBar } from "@/components/users/bulk/bulk-bar";
import { ChoiceProvider } from "@/components/users/bulk/choice";
import { CreateUserButton } from "@/components/users/create-user-button";
import { NoUsersFound } from "@/components/users/no-users-found";
import { UsersFilter } from "@/components/users/users-filter";
import { UsersFooter } from "@/components/users/users-footer";
import {
  listInput,
  readUsersQuery,
  type UsersQuery,
  usersExportHref,
  usersHref,
} from "@/components/users/users-query";
import { UsersTable } from "@/components/users/users-table";
import { ExportLinks } from "@/components/table/export-links";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import { isAppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";
import { listUsers } from "@/lib/services/users/list-users";

import { bulkOffer } from "./bulk-offer";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = readUsersQuery(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(usersHref(query));
    const [{ items, nextPage }, offer] = await Promise.all([
      pageOrTheFirst(caller, query),
      bulkOffer(caller),
    ]);
    const table = <UsersTable users={items} query={query} empty={<NoUsersFound query={query} />} />;
    return (
      <>
        <PageHeader
          title="Users"
          subline={["The people and programs of this tenancy, and all that they hold."]}
          actions={
            <>
              <ExportLinks hrefOf={(format) => usersExportHref(query, format)} />
              {may(caller, "CreateUser").allowed && <CreateUserButton />}
            </>
          }
        />
        <UsersFilter query={query} foundWords={foundWords(items.length, nextPage !== null)}>
          {offer.acts.length === 0 ? (
            table
          ) : (
            <ChoiceProvider>
              <BulkBar users={items.map(({ id, name }) => ({ id, name }))} {...offer} />
              {table}
            </ChoiceProvider>
          )}
          <UsersFooter query={query} shown={items.length} nextPage={nextPage} />
        </UsersFilter>
      </>
    );
  });
}

/** A cursor of another list, or one that was cut when it was copied, leads to the first page. */
async function pageOrTheFirst(caller: Caller, query: UsersQuery) {
  try {
    return await listUsers(caller, listInput(query));
  } catch (error) {
    if (query.page !== undefined && isAppError(error) && error.code === "invalid_input")
      redirect(usersHref({ ...query, page: undefined }));
    throw error;
  }
}

function foundWords(shown: number, isMore: boolean): string {
  if (shown === 0) return "No users found";
  const words = shown === 1 ? "1 user" : `${shown} users`;
  return isMore ? `${words} on this page, and more on the next` : words;
}
