"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { ChoiceField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { textOf } from "@/components/form/text-of";
import { Dialog } from "@/components/ui/dialog";
import { createOrResetPasswordAction, createUserAction } from "@/lib/actions/users";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { AnswerableFields } from "./answerable-fields";
import { OneTimePasswordReveal } from "./one-time-password-reveal";
import { emailHint } from "./user-words";

type Created = { id: string; name: string };

/** *Create user*, and right after it, in the same dialog, the one-time password if one is wanted. */
export function CreateUserDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const [created, setCreated] = useState<Created | null>(null);
  const password = useActionMutation(createOrResetPasswordAction);
  const leave = (user: Created | null) => {
    password.reset();
    setCreated(null);
    onClose();
    if (user !== null) router.push(`/identity/users/${user.id}/details`);
  };
  const closing = useRevealClosing(() => leave(created));
  const secret = password.data?.secret;
  const go = (user: Created, wantsPassword: boolean) => {
    if (!wantsPassword) {
      showToast(`“${user.name}” was created.`, "good");
      return leave(user);
    }
    setCreated(user);
    password.mutate(
      { userId: user.id, reason: "New user" },
      {
        // The user is there all the same: their page is where to try again.
        onError: ({ message }) => {
          showToast(`“${user.name}” was created without a password: ${message}`, "warn");
          leave(user);
        },
      },
    );
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => {
        if (secret !== undefined) closing.request();
        else if (reason !== "outside" && !password.isPending) leave(created);
      }}
      title={created === null ? "Create user" : `One-time password for “${created.name}”`}
      description={
        created === null ? "A new user is active and has no groups and no keys yet." : undefined
      }
    >
      {secret !== undefined && created !== null ? (
        <OneTimePasswordReveal secret={secret} userName={created.name} closing={closing} />
      ) : (
        <CreateUserForm isMakingPassword={created !== null} onCreated={go} onClose={onClose} />
      )}
    </Dialog>
  );
}

type CreateUserFormProps = {
  isMakingPassword: boolean;
  onCreated: (user: Created, wantsPassword: boolean) => void;
  onClose: () => void;
};

function CreateUserForm({ isMakingPassword, onCreated, onClose }: CreateUserFormProps) {
  const creation = useActionMutation(createUserAction);
  const [kind, setKind] = useState("local");
  const create = (values: FormData) =>
    creation.mutate(
      {
        name: textOf(values, "name"),
        description: textOf(values, "description"),
        kind,
        ...(kind === "service"
          ? { owner: textOf(values, "owner"), deputy: textOf(values, "deputy") }
          : { email: textOf(values, "email") }),
      },
      { onSuccess: (user) => onCreated(user, textOf(values, "entry") === "password") },
    );
  const isPending = creation.isPending || isMakingPassword;
  return (
    <Form onSubmit={create} pending={isPending} error={creation.error}>
      <ChoiceField name="kind" label="Kind" value={kind} onValueChange={setKind} options={kinds} />
      <TextField
        name="name"
        label="User name"
        hint="Letters, digits and - . _ + @. It cannot be changed later."
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
      {kind === "service" ? (
        <AnswerableFields />
      ) : (
        <>
          <TextField
            name="email"
            label="E-mail"
            isOptional
            type="email"
            autoComplete="off"
            hint={emailHint}
          />
          <ChoiceField
            name="entry"
            label="First sign-in"
            defaultValue="password"
            options={firstSignIns}
          />
        </>
      )}
      <FormActions submitLabel="Create user" pending={isPending} onCancel={onClose} />
    </Form>
  );
}

const kinds = [
  { value: "local", label: "Local", hint: "A person who signs in here with a password." },
  {
    value: "service",
    label: "Service",
    hint: "A program. It has keys, tokens and other credentials, but no password, and cannot sign in here.",
  },
];

const firstSignIns = [
  {
    value: "password",
    label: "One-time password",
    hint: "Shown to you once, right after this. You hand it over.",
  },
  {
    value: "later",
    label: "Later",
    hint: "The user has no password until you use Create/Reset Password.",
  },
];
