import { createPolicyPath, explainPath, policiesPath } from "@/components/policies/policies-paths";
import { PoliciesTable } from "@/components/policies/policies-table";
import { ButtonLink } from "@/components/shell/button-link";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { requireCaller } from "@/lib/auth/current-caller";
import { mostPolicies } from "@/lib/domain/policies/policy-fields";
import { may } from "@/lib/domain/policy";
import { listPolicies } from "@/lib/services/policies/list-policies";

import { whenAvailable } from "../../../available-frame";
import { titleFor } from "../../page-title";

export const generateMetadata = titleFor("Policies", "ListPolicies");

/** Who may do what for others, in sentences. A tenancy has few enough of them for one page. */
export default function PoliciesPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller(policiesPath);
    const page = { limit: mostPolicies, sortBy: "NAME", sortOrder: "ASC" } as const;
    const { items } = await listPolicies(caller, page);
    const createLink = may(caller, "CreatePolicy").allowed && (
      <ButtonLink href={createPolicyPath} variant="primary">
        Create Policy
      </ButtonLink>
    );
    return (
      <>
        <PageHeader
          title="Policies"
          subline={[
            "Who may do what beyond their own credentials. In force with the next request.",
          ]}
          actions={
            <>
              {may(caller, "ExplainPolicies").allowed && (
                <ButtonLink href={explainPath}>Explain</ButtonLink>
              )}
              {createLink}
            </>
          }
        />
        <PoliciesTable
          policies={items}
          empty={
            <EmptyState action={createLink}>
              Nobody may do anything for others yet. A policy lets groups do so.
            </EmptyState>
          }
        />
      </>
    );
  });
}
