"use client";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { updateCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { CredentialView } from "@/lib/domain/credentials/present";
import { isSameScope, joinedScope, type QualifiedScope } from "@/lib/domain/oauth/scopes";

import { scopesOf } from "./scopes-of";

type RemoveScopeProps = {
  credential: CredentialView;
  scope: QualifiedScope;
  isOpen: boolean;
  onClose: () => void;
};

/** One scope less for a credential that goes on with its secret. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RemoveScopeDialog({
  credential,
  scope,
  isOpen,
  onClose,
}: RemoveScopeProps) {
  const { id, kind, ownerId, name } = credential;
  const joined = joinedScope(scope);
  const update = useActionMutation(updateCredentialAction, {
    invalidates: [credentialsKey(ownerId, kind)],
    onDone: () => {
      announce(`“${name}” no longer has ${joined}.`);
      close();
    },
  });
  const close = () => {
    update.reset();
    onClose();
  };
  const scopes = scopesOf(credential)
    .filter((held) => !isSameScope(held, scope))
    .map(({ audience, scope: word }) => ({ audience, scope: word }));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={() => !update.isPending && close()}
      onConfirm={() => update.mutate({ ownerId, kind, credential: { id }, values: { scopes } })}
      title={`Remove a scope from “${name}”`}
      confirmLabel="Remove"
      pending={update.isPending}
      error={update.error}
    >
      <p>
        <code className="break-all text-ink">{joined}</code>
      </p>
      <p>
        It gets no more tokens for this scope. Those it got are inactive for everyone who asks. The
        secret and the other scopes stay.
      </p>
    </ConfirmDialog>
  );
}
