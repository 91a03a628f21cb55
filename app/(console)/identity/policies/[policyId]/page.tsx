import type { Metadata } from "next";
import { cache } from "react";

import { policiesPath, policyPath } from "@/components/policies/policies-paths";
import { PolicyActions } from "@/components/policies/policy-actions";
import { PolicyForm } from "@/components/policies/policy-form";
import { PageHeader, SectionHeader } from "@/components/shell/page-header";
import { CodeBlock } from "@/components/ui/code-block";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { requireCaller } from "@/lib/auth/current-caller";
import type { Caller } from "@/lib/domain/caller";
import type { PolicyView } from "@/lib/domain/policies/present";
import { may } from "@/lib/domain/policy";
import { getPolicy } from "@/lib/services/policies/get-policy";

import { whenAvailable } from "../../../../available-frame";
import { pageTitle } from "../../../page-title";
import { policyFormContext } from "../form-context";

/** Asked once for the title and the content. */
const shownPolicy = cache((caller: Caller, policyId: string) => getPolicy(caller, { policyId }));

export async function generateMetadata({ params }: PolicyPageProps): Promise<Metadata> {
  const { policyId } = await params;
  return pageTitle(async (caller) => `${(await shownPolicy(caller, policyId)).name} · Policies`);
}

type PolicyPageProps = { params: Promise<{ policyId: string }> };

/** A policy: its statements in an editor for whoever may change it, else as they stand. */
export default async function PolicyPage({ params }: PolicyPageProps) {
  const { policyId } = await params;
  return whenAvailable(async () => {
    const caller = await requireCaller(policyPath(policyId));
    const policy = await shownPolicy(caller, policyId);
    const canEdit = !policy.isProtected && may(caller, "UpdatePolicy").allowed;
    const canDelete = !policy.isProtected && may(caller, "DeletePolicy").allowed;
    return (
      <>
        <PageHeader
          crumbs={[{ label: "Policies", href: policiesPath }, { label: policy.name }]}
          title={policy.name}
          state={policy.isProtected && <Badge>Protected</Badge>}
          publicPart={<PublicPart value={policy.id} copyLabel="Copy OCID of the policy" />}
          subline={[
            ...(canEdit || policy.description === ""
              ? []
              : [<span key="description">{policy.description}</span>]),
            <span key="created">
              created <RelativeTime instant={policy.createdAt} />
            </span>,
          ]}
          actions={canDelete && <PolicyActions policy={{ id: policy.id, name: policy.name }} />}
        />
        {canEdit ? (
          <PolicyForm policy={editedPolicy(policy)} {...await policyFormContext(caller)} />
        ) : (
          <section aria-labelledby="statements-title">
            <SectionHeader id="statements-title" title="Statements" />
            <CodeBlock
              code={policy.statements.join("\n")}
              title={statementsWords(policy)}
              copyLabel="Copy statements"
            />
          </section>
        )}
      </>
    );
  });
}

function statementsWords({ statements: { length }, isProtected }: PolicyView): string {
  const count = length === 1 ? "1 statement" : `${length} statements`;
  return isProtected ? `${count}; this policy stays as it is` : count;
}

function editedPolicy({ id, name, description, statements, versionDate, version }: PolicyView) {
  return { id, name, description, statements, versionDate, version };
}
