"use client";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { nestedValues } from "@/components/form/nested-values";
import { Dialog } from "@/components/ui/dialog";
import { updateCredentialAction } from "@/lib/actions/credentials";
import { announce } from "@/lib/client/announcements";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { OwnPageProps } from "../kind-props";
import ScopeFields from "./scope-fields";
import { scopesOf } from "./scopes-of";

type AddScopesProps = OwnPageProps & { isOpen: boolean; onClose: () => void };

/** More scopes for a credential that goes on with its secret. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function AddScopesDialog(props: AddScopesProps) {
  const { credential, owner, isOwn, isOpen, onClose } = props;
  const { id, kind, ownerId, name } = credential;
  const update = useActionMutation(updateCredentialAction, {
    invalidates: [credentialsKey(ownerId, kind)],
    onDone: () => {
      announce(`“${name}” has more scopes.`);
      close();
    },
  });
  const close = () => {
    update.reset();
    onClose();
  };
  const cancel = () => {
    if (!update.isPending) close();
  };
  const had = scopesOf(credential).map(({ audience, scope }) => ({ audience, scope }));
  const save = (form: FormData) => {
    const scopes = [...had, ...(nestedValues(form)["scopes"] ?? [])];
    update.mutate({ ownerId, kind, credential: { id }, values: { scopes } });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={cancel}
      title={`Add scopes to “${name}”`}
      description="The secret stays what it is."
    >
      {isOpen && (
        <Form onSubmit={save} pending={update.isPending} error={update.error}>
          <ScopeFields owner={owner} isOwn={isOwn} had={had.length} />
          <FormActions submitLabel="Save Changes" pending={update.isPending} onCancel={cancel} />
        </Form>
      )}
    </Dialog>
  );
}
