"use client";

import { Suspense } from "react";

import { issueCredentialAction } from "@/lib/actions/credentials";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { IssueForm } from "./issue-form";
import { issueTitle } from "./issue-title";
import { extrasOf } from "./kind-extras";
import type { IssueDialogProps } from "./kind-props";
import { RevealDialog } from "./reveal-dialog";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function IssueDialog(props: IssueDialogProps) {
  const { description, owner, isOwn } = props;
  const { MoreFields } = extrasOf(description.id);
  const issue = useActionMutation(issueCredentialAction);
  return (
    <RevealDialog
      {...props}
      title={issueTitle(props)}
      purpose={description.purpose}
      made={issue.data}
      onReset={issue.reset}
    >
      {(onCancel) => (
        <IssueForm
          description={description}
          pending={issue.isPending}
          error={issue.error}
          onCancel={onCancel}
          onSubmit={({ values, expiresAt }) =>
            issue.mutate({ ownerId: owner.id, kind: description.id, values, expiresAt })
          }
        >
          {MoreFields !== undefined && (
            <Suspense fallback={null}>
              <MoreFields owner={owner} isOwn={isOwn} />
            </Suspense>
          )}
        </IssueForm>
      )}
    </RevealDialog>
  );
}
