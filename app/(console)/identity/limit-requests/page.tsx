import { RequestsTable } from "@/components/limits/requests-table";
import { PageHeader } from "@/components/shell/page-header";
import { ListFooter } from "@/components/table/list-footer";
import { requireCaller } from "@/lib/auth/current-caller";
import { withParameters } from "@/lib/client/address";
import { kindById } from "@/lib/domain/credentials/registry";
import { listLimitRequests } from "@/lib/services/limits/list-limit-requests";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";
import { firstPageWhenLost, pageAsked } from "../first-page";

export const generateMetadata = titleFor("Limit requests", "ListLimitRequests");

const noun = { one: "request", many: "requests" };
const perPage = 50;
const first = "/identity/limit-requests";
const hrefOf = (page: string) => withParameters(first, new URLSearchParams({ page }));

/** Who waits for a higher limit. */
export default async function LimitRequestsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const page = pageAsked((await searchParams)["page"]);
  return whenAvailable(async () => {
    const caller = await requireCaller(page === undefined ? first : hrefOf(page));
    const { items, nextPage } = await firstPageWhenLost(page, first, () =>
      listLimitRequests(caller, { limit: perPage, page }),
    );
    const rows = items.flatMap((request) => {
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
        <ListFooter
          noun={noun}
          shown={rows.length}
          firstHref={page === undefined ? undefined : first}
          nextHref={nextPage === null ? undefined : hrefOf(nextPage)}
        />
      </>
    );
  });
}
