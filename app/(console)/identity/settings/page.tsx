import { MasterKeySection } from "@/components/settings/master-key-section";
import { SettingsForm } from "@/components/settings/settings-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { SigningKeysSection } from "@/components/settings/signing-keys-section";
import { UserLimits } from "@/components/settings/user-limits";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import { withParameters } from "@/lib/client/address";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { topicNames, topics } from "@/lib/domain/settings/topics";
import { listUserLimits } from "@/lib/services/limits/list-user-limits";
import { getMasterKeyState } from "@/lib/services/master-key/get-master-key-state";
import { listSigningKeys } from "@/lib/services/oauth/list-signing-keys";
import { readSettings } from "@/lib/services/settings/read-settings";

import { whenAvailable } from "../../../available-frame";
import { pageTitle } from "../../page-title";
import { firstPageWhenLost, pageAsked } from "../first-page";

export const generateMetadata = () =>
  pageTitle((caller) => {
    const isReadable = topicNames.some((topic) => may(caller, topics[topic].read).allowed);
    return isReadable ? "Settings" : undefined;
  });

/** What an administrator may set for the whole tenancy, and the state of the keys that everything hangs on. */
export default async function SettingsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const page = pageAsked((await searchParams)["limits"]);
  return whenAvailable(async () => {
    const caller = await requireCaller(page === undefined ? first : hrefOf(page));
    const [settings, keys, ownLimits] = await Promise.all([
      readSettings(caller, {}),
      keysFor(caller),
      ownLimitsFor(caller, page),
    ]);
    return (
      <>
        <PageHeader
          title="Settings"
          subline={["For the whole tenancy. A change holds from the next request on, everywhere."]}
        />
        {settings.map(({ topic, value, version, mayChange }) => {
          const { title, purpose, fields } = topics[topic];
          return (
            <SettingsSection key={topic} id={topic} title={title} purpose={purpose}>
              <SettingsForm
                topic={topic}
                title={title}
                fields={fields}
                value={{ ...value }}
                version={version}
                mayChange={mayChange}
              />
              {topic === "limits" && ownLimits}
            </SettingsSection>
          );
        })}
        {keys}
      </>
    );
  });
}

const first = "/identity/settings";
const hrefOf = (limits: string) => withParameters(first, new URLSearchParams({ limits }));

/** For whom the limits for everybody do not hold; nothing for who may not list users. */
async function ownLimitsFor(caller: Caller, page: string | undefined) {
  if (!may(caller, "ReadSettings").allowed || !may(caller, "ListUsers").allowed) return undefined;
  const { items, nextPage } = await firstPageWhenLost(page, first, () =>
    listUserLimits(caller, { page }),
  );
  return (
    <UserLimits
      rows={items}
      firstHref={page === undefined ? undefined : `${first}#limits`}
      nextHref={nextPage === null ? undefined : `${hrefOf(nextPage)}#limits`}
    />
  );
}

async function keysFor(caller: Caller) {
  if (!may(caller, "ReadSettings").allowed) return undefined;
  const [signing, master] = await Promise.all([
    listSigningKeys(caller, {}),
    getMasterKeyState(caller, {}),
  ]);
  return (
    <>
      <SigningKeysSection {...signing} mayRotate={may(caller, "ChangeSettings").allowed} />
      <MasterKeySection {...master} />
    </>
  );
}
