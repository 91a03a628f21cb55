import { attentionAdvice } from "@/components/reports/attention-advice";
import { AttentionTiles, credentialTiles, peopleTiles } from "@/components/reports/attention-tiles";
import { readReportQuery, reportHref } from "@/components/reports/report-query";
import { ReportTable } from "@/components/reports/report-table";
import { ButtonLink } from "@/components/shell/button-link";
import { PageHeader, SectionHeader } from "@/components/shell/page-header";
import { ExportLinks } from "@/components/table/export-links";
import { requireCaller } from "@/lib/auth/current-caller";
import { verdictWords } from "@/lib/domain/reports/credential-report";
import {
  listCredentialsInNeed,
  summarizeCredentials,
} from "@/lib/services/reports/credential-report";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";
import { firstPageWhenLost } from "../first-page";

export const generateMetadata = titleFor("Credential report", "ReadCredentialReport");

export default async function CredentialReportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = readReportQuery(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(reportHref(query));
    const [summary, { rows, nextPage }] = await Promise.all([
      summarizeCredentials(caller, {}),
      firstPageWhenLost(query.page, reportHref({ ...query, page: undefined }), () =>
        listCredentialsInNeed(caller, query),
      ),
    ]);
    return (
      <>
        <PageHeader
          title="Credential report"
          subline={["What deserves attention, and every credential of everybody as a file."]}
          actions={<ExportLinks hrefOf={exportHref} />}
        />
        <AttentionTiles
          label="What deserves attention"
          tiles={[...peopleTiles(summary), ...credentialTiles(summary, query.attention)]}
        />
        <section aria-labelledby="in-need">
          <SectionHeader
            id="in-need"
            title={verdictWords[query.attention]}
            description={attentionAdvice[query.attention]}
          />
          <ReportTable rows={rows} attention={query.attention} />
          {(nextPage !== null || query.page !== undefined) && (
            <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
              {query.page !== undefined && (
                <ButtonLink href={reportHref({ ...query, page: undefined })}>First page</ButtonLink>
              )}
              {nextPage !== null && (
                <ButtonLink href={reportHref({ ...query, page: nextPage })}>Next page</ButtonLink>
              )}
            </nav>
          )}
        </section>
      </>
    );
  });
}

const exportHref = (format: string) => `/api/console/credential-report/export?format=${format}`;
