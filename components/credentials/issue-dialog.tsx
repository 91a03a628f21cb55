"use client";

import { Suspense } from "react";

import { Dialog } from "@/components/ui/dialog";
import { issueCredentialAction } from "@/lib/actions/credentials";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { credentialText } from "./credential-text";
import { fileDate, fileNameOf } from "./file-name";
import { IssueForm } from "./issue-form";
import type { IssueDialogProps } from "./kind-props";
import { extrasOf } from "./kind-extras";
import { RevealPanel } from "./reveal";
import { capitalised } from "./reveal-text";
import { type RevealClosing, useRevealClosing } from "./use-reveal-closing";

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
        <Reveal
          {...props}
          credential={made.credential}
          secret={made.secret}
          isOwn={isOwn}
          closing={closing}
        />
      )}
    </Dialog>
  );
}

type RevealProps = IssueDialogProps & {
  credential: CredentialView;
  secret: string;
  closing: RevealClosing;
};

function Reveal(props: RevealProps) {
  const { description, owner, context, credential, secret } = props;
  const { UseIt } = extrasOf(description.id);
  const secretNoun = description.secretNoun ?? "secret";
  return (
    <RevealPanel
      secretNoun={secretNoun}
      secret={secret}
      extras={description.revealedWith?.map(({ source, label }) => ({
        label,
        value: credentialText(credential, source),
        isCode: true,
      }))}
      purpose={`${capitalised(description.noun.one)} “${credential.name}”`}
      ownerName={owner.name}
      isOwn={props.isOwn}
      fileName={`${fileNameOf("latchkey", owner.name, description.noun.one, credential.name, fileDate(new Date(credential.createdAt)))}.txt`}
      closing={props.closing}
    >
      {UseIt !== undefined && (
        <Suspense fallback={null}>
          <UseIt credential={credential} secret={secret} owner={owner} context={context} />
        </Suspense>
      )}
    </RevealPanel>
  );
}

function formTitle({ description, owner, isOwn }: IssueDialogProps): string {
  return isOwn ? description.issueTitle : `${description.issueTitle} for ${owner.name}`;
}

function revealTitle({ description, owner, isOwn }: IssueDialogProps, { name }: CredentialView) {
  const noun = capitalised(description.noun.one);
  return isOwn ? `${noun} for “${name}”` : `${noun} for “${name}”, which belongs to ${owner.name}`;
}
