import type { IssueDialogProps } from "./kind-props";

/** What the dialog that issues is called: it says for whom, unless that is oneself. */
export function issueTitle({
  description,
  owner,
  isOwn,
}: Pick<IssueDialogProps, "description" | "owner" | "isOwn">): string {
  return isOwn ? description.issueTitle : `${description.issueTitle} for ${owner.name}`;
}
