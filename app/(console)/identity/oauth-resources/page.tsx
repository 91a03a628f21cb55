import Link from "next/link";

import { RegisterButton } from "@/components/oauth-resources/register-button";
import { ResourcesTable } from "@/components/oauth-resources/resources-table";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import type { GrantedGroup } from "@/lib/domain/oauth/resource";
import { oauthSettings } from "@/lib/domain/oauth/settings";
import { may } from "@/lib/domain/policy";
import { listGroups } from "@/lib/services/groups/list-groups";
import { listOauthResources } from "@/lib/services/oauth/list-resources";
import { getSettings } from "@/lib/services/settings/get-settings";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";

export const generateMetadata = titleFor("OAuth resources", "ReadOAuthResources");

const mostShown = 1000;

/** The services that accept tokens from here, and which group may have which of their scopes. */
export default function OauthResourcesPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller("/identity/oauth-resources");
    const [resources, groups, settings] = await Promise.all([
      listOauthResources(caller, {}),
      groupsToGrant(caller),
      getSettings(caller, { topic: "oauth" }),
    ]);
    const mayChange = may(caller, "ChangeOAuthResources").allowed;
    return (
      <>
        <PageHeader
          title="OAuth resources"
          subline={["Services that accept access tokens, and which groups may have which scopes."]}
          actions={mayChange && resources.length > 0 && <RegisterButton />}
        />
        <ResourcesTable resources={resources} groups={groups} mayChange={mayChange} />
        <p className="mt-4 max-w-[64ch] text-ink-soft">
          {oauthSettings.parse(settings.value).anyoneMayEnterAudience
            ? "Everybody may also enter an audience that is not registered."
            : "Only administrators may also enter an audience that is not registered."}{" "}
          <Link href="/identity/settings#oauth" className="link">
            Settings
          </Link>
        </p>
      </>
    );
  });
}

/** Those that the caller can choose from: none for who may not see groups. */
async function groupsToGrant(caller: Caller): Promise<readonly GrantedGroup[]> {
  if (!may(caller, "ListGroups").allowed) return [];
  const { items } = await listGroups(caller, {
    limit: mostShown,
    sortBy: "NAME",
    sortOrder: "ASC",
  });
  return items.map(({ id, name }) => ({ id, name }));
}
