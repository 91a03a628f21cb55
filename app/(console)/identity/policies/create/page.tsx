import { createPolicyPath, policiesPath } from "@/components/policies/policies-paths";
import { PolicyForm } from "@/components/policies/policy-form";
import { PageHeader } from "@/components/shell/page-header";
import { requireCaller } from "@/lib/auth/current-caller";
import { notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { whenAvailable } from "../../../../available-frame";
import { titleFor } from "../../../page-title";
import { policyFormContext } from "../form-context";

export const generateMetadata = titleFor("Create Policy", "CreatePolicy");

export default function CreatePolicyPage() {
  return whenAvailable(async () => {
    const caller = await requireCaller(createPolicyPath);
    if (!may(caller, "CreatePolicy").allowed) throw notFound();
    return (
      <>
        <PageHeader
          crumbs={[{ label: "Policies", href: policiesPath }, { label: "Create Policy" }]}
          title="Create Policy"
          subline={["In force with the next request. You can give what you hold yourself."]}
        />
        <PolicyForm policy={undefined} {...await policyFormContext(caller)} />
      </>
    );
  });
}
