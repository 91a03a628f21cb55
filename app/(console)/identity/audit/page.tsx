import { AuditFilter } from "@/components/audit/audit-filter";
import { auditHref, exportHref, filterOf, readAuditQuery } from "@/components/audit/audit-query";
import { AuditTable } from "@/components/audit/audit-table";
import { ButtonLink } from "@/components/shell/button-link";
import { PageHeader } from "@/components/shell/page-header";
import { ExportLinks } from "@/components/table/export-links";
import { requireCaller } from "@/lib/auth/current-caller";
import { activityLine } from "@/lib/domain/audit/words";
import { searchAuditLog } from "@/lib/services/audit/search-audit-log";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";

export const generateMetadata = titleFor("Audit", "ReadAuditEvents");

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = readAuditQuery(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(auditHref(query));
    const { events, next } = await searchAuditLog(caller, {
      ...filterOf(query),
      before: query.before,
    });
    const lines = events.map(({ ownerIsThere, ...event }) => ({
      ...activityLine(event, caller.userId),
      event,
      ownerIsThere,
    }));
    return (
      <>
        <PageHeader
          title="Audit"
          subline={["Every change and every refused use, by anybody, the newest first."]}
          actions={<ExportLinks hrefOf={(format) => exportHref(query, format)} />}
        />
        <AuditFilter
          query={query}
          foundWords={lines.length === 0 ? "No events found" : `${lines.length} events shown`}
        >
          <AuditTable lines={lines} />
          {lines.length > 0 && (
            <nav
              aria-label="Pages"
              className="mt-3 flex min-h-8 flex-wrap items-center justify-end gap-2 text-small text-ink-soft"
            >
              {next === null && (
                <span className="mr-auto">That is everything that is kept and matches.</span>
              )}
              {query.before !== undefined && (
                <ButtonLink href={auditHref({ ...query, before: undefined })}>Newest</ButtonLink>
              )}
              {next !== null && (
                <ButtonLink href={auditHref({ ...query, before: next })}>Older</ButtonLink>
              )}
            </nav>
          )}
        </AuditFilter>
      </>
    );
  });
}
