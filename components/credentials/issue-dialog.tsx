"use client";

import { Suspense } from "react";

import { Dialog } from "@/components/ui/dialog";
import { issueCredentialAction } from "@/lib/actions/credentials";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { IssuedReveal, revealTitle } from "./issued-reveal";
import { IssueForm } from "./issue-form";
import { extrasOf } from "./kind-extras";
import type { IssueDialogProps } from "./kind-props";
import { useRevealClosing } from "./use-reveal-closing";

/** From the form to the one showing of the secret, in one dialog. What was made leaves memory as it closes. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function IssueDialog(props: IssueDialogProps) {
  const { description, owner, isOwn, isOpen, onClose, onClosed } = props;
  const { MoreFields } = extrasOf(description.id);
  const issue = useActionMutation(issueCredentialAction);
  const close = () => {
    issue.reset();
    onClose();
  };
  const closing = useRevealClosing(close);
  const made = issue.data;
  const requestClose = () => {
    if (issue.isPending) return;
    if (made?.secret === undefined) close();
    else closing.request();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={requestClose}
      onClosed={onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={made === undefined ? formTitle(props) : revealTitle(props, made.credential)}
      description={made === undefined ? description.purpose : undefined}
    >
      {!isOpen ? null : made?.secret === undefined ? (
        <IssueForm
          description={description}
          pending={issue.isPending}
          error={issue.error}
          onCancel={requestClose}
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
      ) : (
        <IssuedReveal
          {...props}
          credential={made.credential}
          secret={made.secret}
          closing={closing}
        />
      )}
    </Dialog>
  );
}

function formTitle({ description, owner, isOwn }: IssueDialogProps): string {
  return isOwn ? description.issueTitle : `${description.issueTitle} for ${owner.name}`;
}
