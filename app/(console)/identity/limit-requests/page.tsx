import { RequestsTable } from "@/components/limits/requests-table";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import { kindById } from "@/lib/domain/credentials/registry";
import { countWords } from "@/lib/domain/reports/counted";
import { listLimitRequests } from "@/lib/services/limits/list-limit-requests";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";

export const generateMetadata = titleFor("Limit requests", "ListLimitRequests");

/** Who waits for a higher limit. */
export default function LimitRequestsPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller("/identity/limit-requests");
    const { requests, count } = await listLimitRequests(caller, {});
    const rows = requests.flatMap((request) => {
      const kind = kindById(request.kind);
      return kind
        ? [{ ...request, title: kind.description.title, section: kind.description.section }]
        : [];
    });
    return (
      <>
        <PageHeader
          title="Limit requests"
          subline={["Users at a limit who ask for more, whoever waits longest first."]}
        />
        <RequestsTable requests={rows} />
        {count > rows.length && (
          <p className="mt-3 text-ink-soft">
            These are the first {rows.length} of {countWords(count)}.
          </p>
        )}
      </>
    );
  });
}
