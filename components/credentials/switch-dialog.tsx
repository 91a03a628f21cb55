"use client";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { switchCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { useMinute } from "@/lib/client/minute";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { LastUse } from "./last-use";
import { isCredentialInUse } from "./credential-state";

type SwitchDialogProps = {
  description: KindDescription;
  credential: CredentialView;
  /** What it is to become; the row itself changes while the dialog leaves. */
  isEnabled: boolean;
  isOpen: boolean;
  onClose: () => void;
};

/** *Disable* says who would notice; *Enable* says that everything which still has the secret gets in again. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SwitchDialog(props: SwitchDialogProps) {
  const { description, credential, isEnabled, isOpen, onClose } = props;
  const { id, kind, ownerId, name } = credential;
  const verb = isEnabled ? "Enable" : "Disable";
  const change = useActionMutation(switchCredentialAction, {
    invalidates: [credentialsKey(ownerId, kind)],
    onDone: () => {
      announce(`${verb}d the ${description.noun.one} “${name}”.`);
      close();
    },
  });
  const close = () => {
    change.reset();
    onClose();
  };
  const now = useMinute();
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={() => change.mutate({ ownerId, kind, credential: { id }, isEnabled })}
      title={`${verb} ${description.noun.one} “${name}”`}
      confirmLabel={verb}
      tone={isEnabled ? "primary" : "danger"}
      pending={change.isPending}
      error={change.error}
    >
      {isEnabled ? (
        <p>Whoever has it gets in again from now on.</p>
      ) : (
        <>
          <p>
            It is refused from now on, until somebody enables it again. It keeps its place in the
            limit.
          </p>
          <LastUse credential={credential} isRecent={isCredentialInUse(credential, now)} />
        </>
      )}
    </ConfirmDialog>
  );
}
