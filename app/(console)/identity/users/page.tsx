import { PageHeader } from "@/components/shell/page-header";
import { BulkBar } from "@/components/users/bulk/bulk-bar";
import { ChoiceProvider } from "@/components/users/bulk/choice";
import { CreateUserButton } from "@/components/users/create-user-button";
import { NoUsersFound } from "@/components/users/no-users-found";
import { UsersFilter } from "@/components/users/users-filter";
import {
  listInput,
  readUsersQuery,
  usersExportHref,
  usersHref,
} from "@/components/users/users-query";
import { UsersTable } from "@/components/users/users-table";
import { ExportLinks } from "@/components/table/export-links";
import { foundWords, ListFooter } from "@/components/table/list-footer";
import { requireCaller } from "@/lib/auth/current-caller";
import { runtime } from "@/lib/config/runtime";
import { may } from "@/lib/domain/policy";
import { listUsers } from "@/lib/services/users/list-users";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";
import { firstPageWhenLost } from "../first-page";
import { bulkOffer } from "./bulk-offer";

export const generateMetadata = titleFor("Users", "ListUsers");

const noun = { one: "user", many: "users" };

export default async function UsersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = readUsersQuery(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(usersHref(query));
    const first = usersHref({ ...query, page: undefined });
    const { items, nextPage, isMixed } = await firstPageWhenLost(query.page, first, () =>
      listUsers(caller, listInput(query)),
    );
    const acts = bulkOffer(caller);
    const table = (
      <UsersTable
        users={items}
        query={query}
        isMixed={isMixed}
        empty={<NoUsersFound query={query} />}
      />
    );
    return (
      <>
        <PageHeader
          title="Users"
          subline={["The people and programs of this tenancy, and all that they hold."]}
          actions={
            <>
              <span className="flex flex-wrap gap-2 max-sm:order-1">
                <ExportLinks hrefOf={(format) => usersExportHref(query, format)} />
              </span>
              {may(caller, "CreateUser").allowed && (
                <CreateUserButton isMailSetUp={runtime().env.smtpUrl !== undefined} />
              )}
            </>
          }
        />
        <UsersFilter query={query} foundWords={foundWords(noun, items.length, nextPage !== null)}>
          {acts.length === 0 ? (
            table
          ) : (
            <ChoiceProvider>
              <BulkBar users={items.map(({ id, name }) => ({ id, name }))} acts={acts} />
              {table}
            </ChoiceProvider>
          )}
          {isMixed && (
            <p className="mt-3 text-small text-ink-soft">
              Many users have “{query.search}”: those whose name begins with it come first, the
              others in no order. Type more of the name to find one of them.
            </p>
          )}
          <ListFooter
            noun={noun}
            shown={items.length}
            firstHref={query.page === undefined ? undefined : first}
            nextHref={nextPage === null ? undefined : usersHref({ ...query, page: nextPage })}
          />
        </UsersFilter>
      </>
    );
  });
}
