import type { Metadata } from "next";

import { EnteringSetting } from "@/components/oauth-resources/entering-setting";
import { RegisterButton } from "@/components/oauth-resources/register-button";
import { ResourcesTable } from "@/components/oauth-resources/resources-table";
import { whenAvailable } from "@/components/shell/available-frame";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import { listGroups } from "@/lib/services/groups/list-groups";
import { getOauthSettings } from "@/lib/services/oauth/get-settings";
import { listOauthResources } from "@/lib/services/oauth/list-resources";

export const metadata: Metadata = { title: "OAuth resources" };

const mostShown = 1000;

/** The services that accept tokens from here, and which group may have which of their scopes. */
export default function OauthResourcesPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller("/identity/oauth-resources");
    const [resources, groups, settings] = await Promise.all([
      listOauthResources(caller, {}),
      listGroups(caller, { limit: mostShown, sortBy: "NAME", sortOrder: "ASC" }),
      getOauthSettings(caller, {}),
    ]);
    return (
      <>
        <PageHeader
          title="OAuth resources"
          subline={["Services that accept access tokens, and which groups may have which scopes."]}
          actions={resources.length > 0 && <RegisterButton />}
        />
        <ResourcesTable
          resources={resources}
          groups={groups.items.map(({ id, name }) => ({ id, name }))}
        />
        <EnteringSetting isOn={settings.anyoneMayEnterAudience} />
      </>
    );
  });
}
