import { type Attention, attentions } from "@/lib/domain/reports/credential-report";

/** What the address of the *Credential report* page says: which credentials, and where the page begins. */
export interface ReportQuery {
  readonly attention: Attention;
  readonly page: string | undefined;
}

/** Reads the address. What it does not understand counts as not said. */
export function readReportQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): ReportQuery {
  const attention = attentions.find((one) => one === given["show"]) ?? "expiring";
  const page = given["page"];
  return { attention, page: typeof page === "string" && page !== "" ? page : undefined };
}

export function reportHref({ attention, page }: ReportQuery): string {
  const parameters = new URLSearchParams({ show: attention });
  if (page !== undefined) parameters.set("page", page);
  return `/identity/credential-report?${parameters}`;
}
