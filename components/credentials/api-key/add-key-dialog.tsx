"use client";

import { issueCredentialAction } from "@/lib/actions/credentials";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { issueTitle } from "../issue-title";
import type { IssueDialogProps } from "../kind-props";
import { KeyDialog } from "./key-dialog";

/** *Add API Key*. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function AddKeyDialog(props: IssueDialogProps) {
  const { description, owner } = props;
  const issue = useActionMutation(issueCredentialAction, {
    // Nothing here is secret: the list may show it, and its first use, while the configuration is still open.
    invalidates: [credentialsKey(owner.id, description.id)],
  });
  return (
    <KeyDialog
      {...props}
      title={issueTitle(props)}
      submitLabel={description.confirmLabel}
      made={issue.data?.credential}
      pending={issue.isPending}
      error={issue.error}
      onReset={issue.reset}
      onSubmit={({ expiresAt, ...values }) =>
        issue.mutate({ ownerId: owner.id, kind: description.id, values, expiresAt })
      }
    />
  );
}
