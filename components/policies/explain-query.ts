import { withParameters } from "@/lib/client/address";
import { type OperationName, operationNames } from "@/lib/domain/policies/operations";

import { explainPath } from "./policies-paths";

/** A question as the address of *Explain* asks it. */
export interface ExplainQuery {
  readonly user: string;
  readonly operation: OperationName;
  readonly targetUser: string;
  readonly targetGroup: string;
  /** False where the page is opened without a question. */
  readonly isAsked: boolean;
}

const longest = 200;

export function readExplainQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): ExplainQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value.trim().slice(0, longest) : "";
  };
  return {
    user: text("user"),
    operation:
      operationNames.find((name) => name === text("operation")) ?? "CreateOrResetUIPassword",
    targetUser: text("targetUser"),
    targetGroup: text("targetGroup"),
    isAsked: typeof given["user"] === "string",
  };
}

/** The question as an address that can be sent to somebody. */
export function explainHref({ user, operation, targetUser, targetGroup }: ExplainQuery): string {
  const parameters = new URLSearchParams({ user, operation });
  if (targetUser !== "") parameters.set("targetUser", targetUser);
  if (targetGroup !== "") parameters.set("targetGroup", targetGroup);
  return withParameters(explainPath, parameters);
}
