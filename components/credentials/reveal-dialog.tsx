import type { ReactNode } from "react";

import { Dialog } from "@/components/ui/dialog";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { IssuedReveal, revealTitle } from "./issued-reveal";
import type { IssueDialogProps } from "./kind-props";
import { useRevealClosing } from "./use-reveal-closing";

type RevealDialogProps = IssueDialogProps & {
  /** As long as there is no secret. */
  title: string;
  purpose: string | undefined;
  made: { credential: CredentialView; secret?: string | undefined } | undefined;
  /** Forgets what was sent and made. */
  onReset: () => void;
  note?: ReactNode;
  /** The form that leads to the secret. */
  children: (onCancel: () => void) => ReactNode;
};

/** From a form to the one showing of a secret, in one dialog. What was made leaves memory as it closes. */
export function RevealDialog(props: RevealDialogProps) {
  const { made, isOpen, onClose, onReset } = props;
  const close = () => {
    onReset();
    onClose();
  };
  const closing = useRevealClosing(close);
  const requestClose = () => {
    if (made?.secret === undefined) close();
    else closing.request();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={requestClose}
      onClosed={props.onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={made === undefined ? props.title : revealTitle(props, made.credential)}
      description={made === undefined ? props.purpose : undefined}
    >
      {!isOpen ? null : made?.secret === undefined ? (
        props.children(requestClose)
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
