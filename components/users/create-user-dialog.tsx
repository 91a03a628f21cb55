"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { ChoiceField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { Dialog } from "@/components/ui/dialog";
import { createUserAction } from "@/lib/actions/users";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { textOf } from "./text-of";
import { emailHint } from "./user-words";

/** *Create user*: on success the new user's page, where *Create/Reset Password* comes next. */
export function CreateUserDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title="Create user"
      description="A new user is active and has no password, no groups and no keys yet."
    >
      <CreateUserForm onClose={onClose} />
    </Dialog>
  );
}

function CreateUserForm({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const creation = useActionMutation(createUserAction);
  const [kind, setKind] = useState("local");
  const create = (values: FormData) =>
    creation.mutate(
      {
        name: textOf(values, "name"),
        description: textOf(values, "description"),
        email: textOf(values, "email"),
        kind,
      },
      {
        onSuccess: ({ id, name }) => {
          onClose();
          showToast(`“${name}” was created.`, "good");
          router.push(`/identity/users/${id}/details`);
        },
      },
    );
  return (
    <Form onSubmit={create} pending={creation.isPending} error={creation.error}>
      <TextField
        name="name"
        label="User name"
        hint="For signing in: letters, digits and - . _ + @. It cannot be changed later."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={100}
      />
      <TextField
        name="description"
        label="Description"
        autoComplete="off"
        maxLength={400}
        isOptional
        hint="For instance the person’s full name, or what the service does."
      />
      <TextField
        name="email"
        label="E-mail"
        isOptional
        type="email"
        autoComplete="off"
        hint={emailHint}
      />
      <ChoiceField
        name="kind"
        label="Kind"
        value={kind}
        onValueChange={setKind}
        options={[
          {
            value: "local",
            label: "Local",
            hint: "A person who signs in here with a password. You create it on the next page.",
          },
          {
            value: "service",
            label: "Service",
            hint: "A program. It has keys, tokens and other credentials, but no password, and cannot sign in here.",
          },
        ]}
      />
      <FormActions submitLabel="Create user" pending={creation.isPending} onCancel={onClose} />
    </Form>
  );
}
