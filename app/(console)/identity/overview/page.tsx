import {
  AttentionTiles,
  credentialTiles,
  peopleTiles,
  type Tile,
} from "@/components/reports/attention-tiles";
import { PageHeader, SectionHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { countLimitRequests } from "@/lib/services/limits/list-limit-requests";
import { summarizeCredentials } from "@/lib/services/reports/credential-report";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";

export const generateMetadata = titleFor("Overview", "ReadCredentialReport");

/** Where an administrator's day begins: what waits for somebody, each number with its list behind it. */
export default async function OverviewPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller("/identity/overview");
    const [summary, requests] = await Promise.all([
      summarizeCredentials(caller, {}),
      requestTiles(caller),
    ]);
    return (
      <>
        <PageHeader
          title="Overview"
          subline={["What deserves attention now. Each number leads to its list."]}
        />
        <section aria-labelledby="people">
          <SectionHeader id="people" title="People" />
          <AttentionTiles
            label="People who deserve attention"
            tiles={[...peopleTiles(summary), ...requests]}
            withAdvice
          />
        </section>
        <section aria-labelledby="credentials">
          <SectionHeader id="credentials" title="Credentials" />
          <AttentionTiles
            label="Credentials that deserve attention"
            tiles={credentialTiles(summary)}
            withAdvice
          />
        </section>
      </>
    );
  });
}

async function requestTiles(caller: Caller): Promise<Tile[]> {
  if (!may(caller, "ListLimitRequests").allowed) return [];
  return [
    {
      label: "Limit requests",
      count: await countLimitRequests(caller, {}),
      href: "/identity/limit-requests",
      advice: "They are at a limit and wait for your answer.",
    },
  ];
}
