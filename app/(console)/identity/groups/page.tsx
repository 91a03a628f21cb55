import { CreateGroupButton } from "@/components/groups/create-group-button";
import { SearchFilter } from "@/components/groups/groups-filter";
import { groupsPath, readSearch, searchHref, searchInput } from "@/components/groups/groups-query";
import { GroupsTable } from "@/components/groups/groups-table";
import { ButtonLink } from "@/components/shell/button-link";
import { PageHeader } from "@/components/shell/page-header";
import { foundWords, ListFooter } from "@/components/table/list-footer";
import { EmptyState } from "@/components/ui/empty-state";
import { requireCaller } from "@/lib/auth/current-caller";
import { may } from "@/lib/domain/policy";
import { countMembers } from "@/lib/services/groups/count-members";
import { listGroups } from "@/lib/services/groups/list-groups";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";
import { firstPageWhenLost } from "../first-page";

export const generateMetadata = titleFor("Groups", "ListGroups");

const noun = { one: "group", many: "groups" };

type GroupsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GroupsPage({ searchParams }: GroupsPageProps) {
  const query = readSearch(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(searchHref(groupsPath, query));
    const first = searchHref(groupsPath, { ...query, page: undefined });
    const { items, nextPage } = await firstPageWhenLost(query.page, first, () =>
      listGroups(caller, { ...searchInput(query), sortBy: "NAME", sortOrder: "ASC" }),
    );
    const counts = await countMembers(caller, { groupIds: items.map(({ id }) => id) });
    return (
      <>
        <PageHeader
          title="Groups"
          subline={["What a user may do for others follows from the groups they are in."]}
          actions={may(caller, "CreateGroup").allowed && <CreateGroupButton />}
        />
        <SearchFilter
          path={groupsPath}
          label="Groups"
          searchLabel="Search groups"
          placeholder="Name or description"
          search={query.search}
          foundWords={foundWords(noun, items.length, nextPage !== null)}
        >
          <GroupsTable
            groups={items.map((group) => ({ ...group, members: counts[group.id] ?? 0 }))}
            empty={<NoGroups search={query.search} />}
          />
          <ListFooter
            noun={noun}
            shown={items.length}
            firstHref={query.page === undefined ? undefined : first}
            nextHref={
              nextPage === null ? undefined : searchHref(groupsPath, { ...query, page: nextPage })
            }
          />
        </SearchFilter>
      </>
    );
  });
}

/** There is always Administrators: an empty list is the work of the search, or of a page that is no more. */
function NoGroups({ search }: { search: string }) {
  return (
    <EmptyState action={<ButtonLink href={groupsPath}>Show all groups</ButtonLink>}>
      {search === ""
        ? "There are no groups beyond the page before."
        : `No group has “${search}” in the name or description.`}
    </EmptyState>
  );
}
