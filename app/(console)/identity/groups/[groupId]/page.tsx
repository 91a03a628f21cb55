import type { Metadata } from "next";
import { cache } from "react";

import { AddMemberButton } from "@/components/groups/add-member-button";
import { GroupActions } from "@/components/groups/group-actions";
import { SearchFilter } from "@/components/groups/groups-filter";
import {
  groupPath,
  groupsPath,
  readSearch,
  type SearchQuery,
  searchHref,
  searchInput,
} from "@/components/groups/groups-query";
import { MembersTable } from "@/components/groups/members-table";
import { ButtonLink } from "@/components/shell/button-link";
import { PageHeader, SectionHeader } from "@/components/shell/page-header";
import { foundWords, ListFooter } from "@/components/table/list-footer";
import { EmptyState } from "@/components/ui/empty-state";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import type { GroupView } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";
import { getGroup } from "@/lib/services/groups/get-group";
import { listMemberships } from "@/lib/services/groups/list-memberships";

import { whenAvailable } from "../../../../available-frame";
import { pageTitle } from "../../../page-title";
import { firstPageWhenLost } from "../../first-page";

/** Asked once for the title and the content. */
const shownGroup = cache((caller: Caller, groupId: string) => getGroup(caller, { groupId }));

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  const { groupId } = await params;
  return pageTitle(async (caller) => `${(await shownGroup(caller, groupId)).name} · Groups`);
}

const noun = { one: "member", many: "members" };

type GroupPageProps = {
  params: Promise<{ groupId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A group with its members. */
export default async function GroupPage({ params, searchParams }: GroupPageProps) {
  const { groupId } = await params;
  const query = readSearch(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(searchHref(groupPath(groupId), query));
    const group = await shownGroup(caller, groupId);
    const isReadable = may(caller, "ListGroupMembers", { group }).allowed;
    const members = isReadable ? await membersOf(caller, group, query) : undefined;
    const isEmpty = members?.items.length === 0 && query.search === "" && query.page === undefined;
    return (
      <>
        <PageHeader
          crumbs={[{ label: "Groups", href: groupsPath }, { label: group.name }]}
          title={group.name}
          state={group.isAdministrators && <Badge>Protected</Badge>}
          publicPart={<PublicPart value={group.id} copyLabel="Copy OCID of the group" />}
          subline={[
            ...(group.description === ""
              ? []
              : [<span key="description">{group.description}</span>]),
            <span key="created">
              created <RelativeTime instant={group.createdAt} />
            </span>,
          ]}
          actions={
            <GroupActions
              group={{
                id: group.id,
                name: group.name,
                description: group.description,
                isAdministrators: group.isAdministrators,
                isEmpty,
                mayUpdate: may(caller, "UpdateGroup", { group }).allowed,
                mayDelete: may(caller, "DeleteGroup", { group }).allowed,
              }}
            />
          }
        />
        {members && <Members {...{ caller, group, query, members, isEmpty }} />}
      </>
    );
  });
}

type MembersPage = Awaited<ReturnType<typeof membersOf>>;

const membersOf = (caller: Caller, group: GroupView, query: SearchQuery) =>
  firstPageWhenLost(
    query.page,
    searchHref(groupPath(group.id), { ...query, page: undefined }),
    () => listMemberships(caller, { groupId: group.id, ...searchInput(query) }),
  );

type MembersProps = {
  caller: Caller;
  group: GroupView;
  query: SearchQuery;
  members: MembersPage;
  isEmpty: boolean;
};

function Members({ caller, group, query, members, isEmpty }: MembersProps) {
  const path = groupPath(group.id);
  const { items, nextPage } = members;
  const canEdit = canChangeMembers(caller, group);
  const addButton = canEdit && (
    <AddMemberButton
      group={{ id: group.id, name: group.name, isAdministrators: group.isAdministrators }}
    />
  );
  const table = (
    <MembersTable
      memberships={items}
      canEdit={canEdit}
      empty={
        isEmpty ? (
          <EmptyState action={addButton}>
            Nobody is in this group yet. Its members may do what policies give to it.
          </EmptyState>
        ) : (
          <EmptyState action={<ButtonLink href={path}>Show all members</ButtonLink>}>
            {query.search === ""
              ? "There are no members beyond the page before."
              : `No member has “${query.search}” in the user name.`}
          </EmptyState>
        )
      }
    />
  );
  return (
    <section aria-labelledby="members-title">
      <SectionHeader id="members-title" title="Members" action={!isEmpty && addButton} />
      {isEmpty ? (
        table
      ) : (
        <SearchFilter
          path={path}
          label="Members"
          searchLabel="Search members"
          placeholder="User name"
          search={query.search}
          foundWords={foundWords(noun, items.length, nextPage !== null)}
        >
          {table}
          <ListFooter
            noun={noun}
            shown={items.length}
            firstHref={
              query.page === undefined ? undefined : searchHref(path, { ...query, page: undefined })
            }
            nextHref={
              nextPage === null ? undefined : searchHref(path, { ...query, page: nextPage })
            }
          />
        </SearchFilter>
      )}
    </section>
  );
}

/** Whether the viewer may change the memberships of somebody who is in no other group: of others each press decides. */
function canChangeMembers(caller: Caller, group: GroupView): boolean {
  const somebody = { id: "", name: "", groups: [] };
  return (
    may(caller, "ListUsers").allowed &&
    may(caller, "AddUserToGroup", { user: somebody, group }).allowed
  );
}
