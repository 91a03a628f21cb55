import { type ReactNode, Suspense } from "react";

import type { CredentialView } from "@/lib/domain/credentials/present";

import { credentialText } from "./credential-text";
import { fileDate, fileNameOf } from "./file-name";
import { extrasOf } from "./kind-extras";
import type { IssueDialogProps } from "./kind-props";
import { RevealPanel } from "./reveal";
import { capitalised } from "./reveal-text";
import type { RevealClosing } from "./use-reveal-closing";

type IssuedRevealProps = Pick<IssueDialogProps, "description" | "owner" | "isOwn" | "context"> & {
  credential: CredentialView;
  secret: string;
  closing: RevealClosing;
  /** What is still to be done, above the lines to paste. */
  note?: ReactNode;
};

/** The one showing of the secret that a credential was just given. */
export function IssuedReveal(props: IssuedRevealProps) {
  const { description, owner, context, credential, secret, note } = props;
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
      remedy={
        description.renewal === undefined
          ? "delete it and make another"
          : `use ${description.renewal.label}`
      }
      ownerName={owner.name}
      isOwn={props.isOwn}
      fileName={`${fileNameOf("latchkey", owner.name, description.noun.one, credential.name, fileDate(new Date(credential.createdAt)))}.txt`}
      closing={props.closing}
    >
      {note}
      {UseIt !== undefined && (
        <Suspense fallback={null}>
          <UseIt credential={credential} secret={secret} owner={owner} context={context} />
        </Suspense>
      )}
    </RevealPanel>
  );
}

export function revealTitle(
  { description, owner, isOwn }: Pick<IssuedRevealProps, "description" | "owner" | "isOwn">,
  { name }: CredentialView,
) {
  const noun = capitalised(description.noun.one);
  return isOwn ? `${noun} for “${name}”` : `${noun} for “${name}”, which belongs to ${owner.name}`;
}
