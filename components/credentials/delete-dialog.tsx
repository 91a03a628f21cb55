"use client";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { revokeCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { useMinute } from "@/lib/client/minute";
import { credentialsKey } from "@/lib/client/credential-list";
import { useQueryCache } from "@/lib/client/query-cache";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { isCredentialInUse } from "./credential-state";
import { LastUse } from "./last-use";

type DeleteDialogProps = {
  description: KindDescription;
  credential: CredentialView;
  isOpen: boolean;
  onClose: () => void;
  onDeleted: () => void;
};

/** Names what is deleted, says what follows and who used it lately, and takes a tick more where it is in use. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DeleteDialog(props: DeleteDialogProps) {
  const { description, credential, isOpen, onClose, onDeleted } = props;
  const { id, kind, ownerId, name } = credential;
  // One that was replaced goes as announced.
  const verb = credential.retiringUntil === null ? "Delete" : "Retire";
  const queries = useQueryCache();
  const revoke = useActionMutation(revokeCredentialAction, {
    onDone: () => {
      announce(`${verb}d the ${description.noun.one} “${name}”.`);
      close();
      onDeleted();
    },
    // It was used since the list was read, or is gone: the list says which.
    onRefused: () => void queries.invalidateQueries({ queryKey: credentialsKey(ownerId, kind) }),
  });
  const close = () => {
    revoke.reset();
    onClose();
  };
  const used = isCredentialInUse(credential, useMinute());
  const confirm = () =>
    revoke.mutate({ ownerId, kind, credential: { id }, ...(used && { knowsItIsInUse: true }) });
  return (
    <ConfirmDialog
      // A requirement that arrives later must be met as well.
      key={String(used)}
      isOpen={isOpen}
      onCancel={close}
      onConfirm={confirm}
      title={`${verb} ${description.noun.one} “${name}”`}
      confirmLabel={verb}
      pending={revoke.isPending}
      error={revoke.error}
      requirement={used ? "I know it is in use" : undefined}
    >
      <p>{description.deleteConsequence}</p>
      <LastUse credential={credential} isRecent={used} />
    </ConfirmDialog>
  );
}
