import type { GroupRef } from "@/lib/domain/policies/authority";
import { type OperationName, operationNames } from "@/lib/domain/policies/operations";
import { parseStatement } from "@/lib/domain/policies/parse";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { explainAnswer } from "@/lib/domain/policy";

import { type Anybody, type AskingRow, type RoleByPolicy, type Verdict } from "./actors";

interface Role {
  readonly title: string;
  /** The group's name in statements. */
  readonly group: string;
  readonly gives: readonly string[];
}

/** The roles that the tests try and that the page of authorisation has a column for. */
export const roles: Readonly<Record<RoleByPolicy, Role>> = {
  helpDesk: { title: "Help desk", group: "HelpDesk", gives: ["manage users"] },
  reader: { title: "Reader", group: "Readers", gives: ["read users"] },
  groupKeeper: {
    title: "Group keeper",
    group: "GroupKeepers",
    gives: ["manage groups", "use users"],
  },
  policyWriter: { title: "Policy writer", group: "PolicyWriters", gives: ["manage policies"] },
  auditor: { title: "Auditor", group: "Auditors", gives: ["read all-resources"] },
};

export const statementsFor = ({ group, gives }: Pick<Role, "group" | "gives">): string[] =>
  gives.map((what) => `Allow group ${group} to ${what} in tenancy`);

/** Of everybody: the roles' verdicts follow from the table that decides. */
export function verdictsOf(row: AskingRow): Record<Anybody, Verdict> {
  const { anonymous, stranger, administrator } = row.verdicts;
  const on = (role: RoleByPolicy, groups: readonly GroupRef[]) => {
    if (row.asks === undefined) return stranger;
    return mayAs(roles[role], row.asks, groups) ? administrator : stranger;
  };
  return {
    ...row.verdicts,
    helpDesk: on("helpDesk", [plain]),
    reader: on("reader", [plain]),
    groupKeeper: on("groupKeeper", [plain]),
    policyWriter: on("policyWriter", [plain]),
    auditor: on("auditor", [plain]),
    upward: on("helpDesk", [plain, administrators]),
    peer: administrator,
    onService: administrator,
    service: anonymous,
    ...row.differs,
  };
}

/** The same for an operation of the Identity API: its name is what it asks about, and a service user has a key. */
export function verdictsOfOperation(name: string, row: AskingRow): Record<Anybody, Verdict> {
  const asks = row.asks ?? operationNames.find((one) => one === name);
  const asking = asks === undefined ? row : { ...row, asks };
  return { ...verdictsOf(asking), service: row.verdicts.owner, ...row.differs };
}

const administrators: GroupRef = { id: "administrators", name: "Administrators" };
const plain: GroupRef = { id: "plain", name: "Plain" };

const policies = new PolicySet(
  [
    ...Object.values(roles).flatMap(statementsFor),
    ...statementsFor({ group: "Administrators", gives: ["manage all-resources"] }),
  ].flatMap((text) => {
    const parsed = parseStatement(text);
    return parsed.ok ? [parsed.value] : [];
  }),
);

function mayAs({ group }: Role, name: OperationName, groups: readonly GroupRef[]): boolean {
  const actor = { userId: "self", groups: [{ id: group, name: group }], policies };
  const target = { user: { id: "other", name: "other", groups }, group: plain };
  return explainAnswer(actor, name, target, []).isAllowed;
}
