import { updateCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { QualifiedScope } from "@/lib/domain/oauth/scopes";

import type { OwnPageProps } from "../kind-props";

/**
 * Gives a credential another list of scopes, as long as it has the one that was read: a list that is sent whole would
 * bring back what somebody else took away. Refused, the list is read again, and the dialog stays.
 */
export function useScopeChange(
  { credential, onChanged }: Pick<OwnPageProps, "credential" | "onChanged">,
  onClose: () => void,
  said: string,
) {
  const { id, kind, ownerId, version } = credential;
  const update = useActionMutation(updateCredentialAction, {
    onDone: () => {
      announce(said);
      close();
      onChanged();
    },
    onRefused: ({ code }) => code === "stale" && onChanged(),
  });
  const close = () => {
    update.reset();
    onClose();
  };
  return {
    isPending: update.isPending,
    error: update.error,
    close,
    setScopes: (scopes: readonly QualifiedScope[]) =>
      update.mutate({
        ownerId,
        kind,
        credential: { id },
        seenVersion: version,
        values: { scopes: scopes.map(({ audience, scope }) => ({ audience, scope })) },
      }),
  };
}
