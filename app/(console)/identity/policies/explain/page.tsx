import { Explanation } from "@/components/policies/explanation";
import { ExplainForm } from "@/components/policies/explain-form";
import {
  explainHref,
  type ExplainQuery,
  readExplainQuery,
} from "@/components/policies/explain-query";
import { explainPath, policiesPath } from "@/components/policies/policies-paths";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import { isAppError, notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";
import { explainPolicies } from "@/lib/services/policies/explain-policies";

import { whenAvailable } from "../../../../available-frame";
import { titleFor } from "../../../page-title";
import { policyFormContext } from "../form-context";

export const generateMetadata = titleFor("Explain", "ExplainPolicies");

type ExplainPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** “May U do O on T?”: the answer, and the statements that decide it. The address holds the question. */
export default async function ExplainPage({ searchParams }: ExplainPageProps) {
  const query = readExplainQuery(await searchParams);
  return whenAvailable(async () => {
    const caller = await requireCaller(query.isAsked ? explainHref(query) : explainPath);
    if (!may(caller, "ExplainPolicies").allowed) throw notFound();
    const { groups } = await policyFormContext(caller);
    const { result, problem } = query.isAsked
      ? await ask(caller, query)
      : { result: undefined, problem: null };
    return (
      <>
        <PageHeader
          crumbs={[{ label: "Policies", href: policiesPath }, { label: "Explain" }]}
          title="Explain"
          subline={["Who may do what to whom, and which statements decide it."]}
        />
        <ExplainForm query={query} groups={groups} problem={problem} />
        {result && <Explanation operation={query.operation} {...result} />}
      </>
    );
  });
}

async function ask(caller: Caller, { user, operation, targetUser, targetGroup }: ExplainQuery) {
  try {
    const question = { user, operation, targetUser, targetGroup };
    return { result: await explainPolicies(caller, question), problem: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid_input") throw error;
    return { result: undefined, problem: { message: error.message, fields: error.fields } };
  }
}
