"use client";

import { atOneField } from "@/components/form/at-one-field";
import { TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { textOf } from "@/components/form/text-of";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { registerOauthResourceAction, updateOauthResourceAction } from "@/lib/actions/oauth";
import type { ResourceView } from "@/lib/domain/oauth/resource";

type ResourceDialogProps = {
  /** Undefined to register another. */
  resource: ResourceView | undefined;
  isOpen: boolean;
  onClose: () => void;
};

export function ResourceDialog({ resource, isOpen, onClose }: ResourceDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={resource === undefined ? "Register resource" : `Edit “${resource.name}”`}
      description={
        resource === undefined
          ? "A service that accepts access tokens from here. Once it is registered, its scopes are for those groups that were granted them."
          : undefined
      }
    >
      <ResourceForm resource={resource} onClose={onClose} />
    </Dialog>
  );
}

function ResourceForm({ resource, onClose }: Omit<ResourceDialogProps, "isOpen">) {
  const registration = useDialogAction(
    registerOauthResourceAction,
    onClose,
    ({ name }) =>
      `“${name}” is registered. Grant its scopes to a group next: until then nobody can choose them.`,
  );
  const update = useDialogAction(
    updateOauthResourceAction,
    onClose,
    ({ name }) => `“${name}” is changed`,
  );
  const work = resource === undefined ? registration : update;
  const save = (form: FormData) => {
    const fields = {
      name: textOf(form, "name"),
      audience: textOf(form, "audience").trim(),
      scopes: linesOf(textOf(form, "scopes")),
    };
    if (resource === undefined) registration.mutate(fields);
    else update.mutate({ resourceId: resource.id, seenVersion: resource.version, ...fields });
  };
  return (
    <Form onSubmit={save} pending={work.isPending} error={atOneField(work.error, "scopes")}>
      <TextField
        name="name"
        label="Name"
        autoComplete="off"
        maxLength={100}
        defaultValue={resource?.name}
      />
      <TextField
        name="audience"
        label="Audience"
        isCode
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={1_000}
        defaultValue={resource?.audience}
        hint={
          resource === undefined
            ? "The URI that the service expects in the “aud” of a token, character by character."
            : "Credentials that name the former audience get no tokens for it any more."
        }
      />
      <TextareaField
        name="scopes"
        label="Scopes"
        isCode
        rows={4}
        spellCheck={false}
        defaultValue={resource?.scopes.map(({ name }) => name).join("\n")}
        hint={
          resource === undefined
            ? "One a line."
            : "One a line. What is taken out is taken from every group that was granted it."
        }
      />
      <FormActions
        submitLabel={resource === undefined ? "Register resource" : "Save Changes"}
        pending={work.isPending}
        onCancel={onClose}
      />
    </Form>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
