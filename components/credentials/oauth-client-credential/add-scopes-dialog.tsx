"use client";

import { useState } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { nestedValues } from "@/components/form/nested-values";
import { Dialog } from "@/components/ui/dialog";

import type { OwnPageProps } from "../kind-props";
import ScopeFields from "./scope-fields";
import { scopesOf } from "./scopes-of";
import { useScopeChange } from "./use-scope-change";

type AddScopesProps = OwnPageProps & { isOpen: boolean; onClose: () => void };

/** More scopes for a credential that goes on with its secret. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function AddScopesDialog(props: AddScopesProps) {
  const { credential, owner, isOwn, isOpen, onClose } = props;
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const change = useScopeChange(props, onClose, `“${credential.name}” has more scopes.`);
  const close = () => {
    setProblem(null);
    change.close();
  };
  const had = scopesOf(credential);
  const save = (form: FormData) => {
    const added = (nestedValues(form)["scopes"] ?? []).map(({ audience = "", scope = "" }) => ({
      audience,
      scope,
    }));
    setProblem(added.length === 0 ? nothingAdded : null);
    if (added.length > 0) change.setScopes([...had, ...added]);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={`Add scopes to “${credential.name}”`}
      description="The secret stays what it is."
    >
      {isOpen && (
        <Form onSubmit={save} pending={change.isPending} error={problem ?? change.error}>
          <ScopeFields owner={owner} isOwn={isOwn} had={had.length} />
          <FormActions submitLabel="Save Changes" pending={change.isPending} onCancel={close} />
        </Form>
      )}
    </Dialog>
  );
}

const nothingAdded: FormProblem = {
  message: "No scope is chosen or entered, so there is nothing to add.",
};
