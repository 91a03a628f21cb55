"use client";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { isSameScope, joinedScope, type QualifiedScope } from "@/lib/domain/oauth/scopes";

import type { OwnPageProps } from "../kind-props";
import { scopesOf } from "./scopes-of";
import { useScopeChange } from "./use-scope-change";

type RemoveScopeProps = OwnPageProps & {
  scope: QualifiedScope;
  isOpen: boolean;
  onClose: () => void;
};

/** One scope less for a credential that goes on with its secret. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RemoveScopeDialog(props: RemoveScopeProps) {
  const { credential, scope, isOpen, onClose } = props;
  const joined = joinedScope(scope);
  const change = useScopeChange(props, onClose, `“${credential.name}” no longer has ${joined}.`);
  const left = scopesOf(credential).filter((held) => !isSameScope(held, scope));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={change.close}
      onConfirm={() => change.setScopes(left)}
      title={`Remove a scope from “${credential.name}”`}
      confirmLabel="Remove"
      pending={change.isPending}
      error={change.error}
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
