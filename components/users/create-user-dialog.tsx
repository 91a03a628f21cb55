"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { ChoiceField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { textOf } from "@/components/form/text-of";
import { Dialog } from "@/components/ui/dialog";
import {
  createOrResetPasswordAction,
  createUserAction,
  sendInvitationAction,
} from "@/lib/actions/users";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { AnswerableFields } from "./answerable-fields";
import { OneTimePasswordReveal } from "./one-time-password-reveal";
import { emailHint, invitationAsFile, invitationWords } from "./user-words";

type Created = { id: string; name: string };

/** *Create user*, and right after it, in the same dialog, the one-time password if one is wanted. */
export function CreateUserDialog({
  isOpen,
  onClose,
  isMailSetUp,
}: {
  isOpen: boolean;
  onClose: () => void;
  isMailSetUp: boolean;
}) {
  const router = useRouter();
  const [created, setCreated] = useState<Created | null>(null);
  const password = useActionMutation(createOrResetPasswordAction, {
    onRefused: ({ message }) => leaveUnready(message),
  });
  const invitation = useActionMutation(sendInvitationAction, {
    onDone: (sent) => {
      const said = `“${created?.name}” was created. ${invitationWords(sent)}`;
      showToast(said, sent.isMailed ? "good" : "warn");
      leave(created);
    },
    onRefused: ({ message }) => leaveUnready(message),
  });
  const leave = (user: Created | null) => {
    password.reset();
    setCreated(null);
    onClose();
    if (user !== null) router.push(`/identity/users/${user.id}/details`);
  };
  // The user is there all the same: their page is where to try again.
  const leaveUnready = (why: string) => {
    showToast(`“${created?.name}” was created, but cannot sign in yet: ${why}`, "warn");
    leave(created);
  };
  const closing = useRevealClosing(() => leave(created));
  const secret = password.data?.secret;
  const go = (user: Created, entry: FirstSignIn) => {
    if (entry === "later") {
      showToast(`“${user.name}” was created.`, "good");
      return leave(user);
    }
    setCreated(user);
    if (entry === "password") password.mutate({ userId: user.id, reason: "New user" });
    else invitation.mutate({ userId: user.id });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closing.onClose(secret !== undefined, () => leave(created))}
      title={
        created === null || secret === undefined
          ? "Create user"
          : `One-time password for “${created.name}”`
      }
      description={
        secret === undefined ? "A new user is active and has no groups and no keys yet." : undefined
      }
    >
      {secret !== undefined && created !== null ? (
        <OneTimePasswordReveal secret={secret} userName={created.name} closing={closing} />
      ) : (
        <CreateUserForm
          isSettingUp={created !== null}
          isMailSetUp={isMailSetUp}
          onCreated={go}
          onClose={() => leave(created)}
        />
      )}
    </Dialog>
  );
}

type CreateUserFormProps = {
  isSettingUp: boolean;
  isMailSetUp: boolean;
  onCreated: (user: Created, entry: FirstSignIn) => void;
  onClose: () => void;
};

function CreateUserForm({ isSettingUp, isMailSetUp, onCreated, onClose }: CreateUserFormProps) {
  const creation = useActionMutation(create, {
    onDone: (user, { entry }) => onCreated(user, entry),
  });
  const [kind, setKind] = useState("local");
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const submit = (values: FormData) => {
    const entry = kind === "service" ? "later" : entryOf(values);
    const isUnreachable = entry === "invitation" && textOf(values, "email").trim() === "";
    setProblem(isUnreachable ? noAddress : null);
    if (isUnreachable) return;
    creation.mutate({
      entry,
      name: textOf(values, "name"),
      description: textOf(values, "description"),
      kind,
      ...(kind === "service"
        ? { owner: textOf(values, "owner"), deputy: textOf(values, "deputy") }
        : { email: textOf(values, "email"), willBeInvited: entry === "invitation" }),
    });
  };
  const isPending = creation.isPending || isSettingUp;
  return (
    <Form onSubmit={submit} pending={isPending} error={problem ?? creation.error}>
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
            options={firstSignIns.map((one) => ({
              ...one,
              hint: one.value === "invitation" && !isMailSetUp ? invitationAsFile : one.hint,
            }))}
          />
        </>
      )}
      <FormActions submitLabel="Create user" pending={isPending} onCancel={onClose} />
    </Form>
  );
}

type NewUser = { entry: FirstSignIn; name: string; description: string; kind: string } & (
  | { email: string; willBeInvited: boolean }
  | { owner: string; deputy: string }
);

/** How they first sign in is no matter of the user's, but of what comes next. */
const create = ({ entry: _entry, ...user }: NewUser) => createUserAction(user);

const kinds = [
  { value: "local", label: "Local", hint: "A person who signs in here with a password." },
  {
    value: "service",
    label: "Service",
    hint: "A program. It has keys, tokens and other credentials, but no password, and cannot sign in here.",
  },
];

type FirstSignIn = (typeof firstSignIns)[number]["value"];

const firstSignIns = [
  {
    value: "password",
    label: "One-time password",
    hint: "Shown to you once, right after this. You hand it over.",
  },
  {
    value: "invitation",
    label: "Mailed invitation",
    hint: "A mail with a link that makes the one-time password. You never see it.",
  },
  {
    value: "later",
    label: "Later",
    hint: "The user has no password until you use Create/Reset Password.",
  },
] as const;

const entryOf = (values: FormData): FirstSignIn =>
  firstSignIns.find(({ value }) => value === textOf(values, "entry"))?.value ?? "later";

const missingAddress = "An invitation goes by mail. Enter an e-mail address.";
const noAddress: FormProblem = { message: missingAddress, fields: { email: missingAddress } };
