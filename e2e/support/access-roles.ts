import type { GroupRef } from "@/lib/domain/policies/authority";
import { type OperationName, operationNames } from "@/lib/domain/policies/operations";
import { parseStatement } from "@/lib/domain/policies/parse";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { explainAnswer } from "@/lib/domain/policy";

import { type Anybody, type AskingRow, type Verdict } from "./actors";

export const helpDeskStatement = "Allow group HelpDesk to manage users in tenancy";

/** Of everybody: the roles' verdicts follow from the table that decides. */
export function verdictsOf(row: AskingRow): Record<Anybody, Verdict> {
  const { anonymous, stranger, administrator } = row.verdicts;
  const helpDeskOn = (groups: readonly GroupRef[]) => {
    if (row.asks === undefined) return stranger;
    return helpDeskMay(row.asks, groups) ? administrator : stranger;
  };
  return {
    ...row.verdicts,
    helpDesk: helpDeskOn([plain]),
    upward: helpDeskOn([plain, administrators]),
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
const helpDesk: GroupRef = { id: "helpDesk", name: "HelpDesk" };
const plain: GroupRef = { id: "plain", name: "Plain" };

const policies = new PolicySet(
  [helpDeskStatement, "Allow group Administrators to manage all-resources in tenancy"].flatMap(
    (text) => {
      const parsed = parseStatement(text);
      return parsed.ok ? [parsed.value] : [];
    },
  ),
);

function helpDeskMay(name: OperationName, groups: readonly GroupRef[]): boolean {
  const actor = { userId: "self", groups: [helpDesk], policies };
  const target = { user: { id: "other", name: "other", groups }, group: plain };
  return explainAnswer(actor, name, target, []).isAllowed;
}
