"use client";

import { Dialog } from "@/components/ui/dialog";
import { issueCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { HandOver } from "../hand-over";
import { issueTitle } from "../issue-title";
import type { IssueDialogProps } from "../kind-props";
import { DatabasePasswordForm } from "./create-form";

/** *Create Database Password*. Nothing is shown once: the owner typed it. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function CreateDatabasePasswordDialog(props: IssueDialogProps) {
  const { description, owner, isOwn, context, isOpen, onClose, onClosed, onIssued } = props;
  const issue = useActionMutation(issueCredentialAction, {
    onDone: ({ credential }) => {
      announce(`Created the database password “${credential.name}”.`);
      close();
      onIssued(credential);
    },
  });
  const close = () => {
    issue.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={close} onClosed={onClosed} title={issueTitle(props)}>
      {isOpen && (
        <>
          {!isOwn && (
            <div className="mb-4">
              <HandOver ownerName={owner.name} secretNoun="password" />
            </div>
          )}
          <DatabasePasswordForm
            description={description}
            owner={owner}
            policy={context.passwordPolicy}
            pending={issue.isPending}
            error={issue.error}
            onCancel={close}
            onSubmit={(made) => issue.mutate({ ownerId: owner.id, kind: description.id, ...made })}
          />
        </>
      )}
    </Dialog>
  );
}
