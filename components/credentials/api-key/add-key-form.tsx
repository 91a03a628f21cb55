"use client";

import { type ReactNode, useState } from "react";

import { ChoiceField, TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { textOf } from "@/components/form/text-of";
import type { ActionError } from "@/lib/client/action-error";
import {
  classifyKeyText,
  type KeyProblem,
  keyProblemSentence,
} from "@/lib/domain/credentials/api-key/key-problems";
import type { FormField } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { chosenExpiry, ExpiryField } from "../expiry-field";
import { missingProblem, PlainFields } from "../issue-form";
import { GeneratedKey, useKeyPair } from "./generated-key";
import { PublicKeyFile } from "./public-key-file";

export type NewKey = { name: string; key: string; expiresAt: string | null };

type AddKeyFormProps = {
  fields: readonly FormField[];
  ownerName: string;
  pending: boolean;
  error: ActionError | null;
  /** The key whose place the new one takes. */
  rotating?: CredentialView | undefined;
  /** Above the choice of the key. */
  children?: ReactNode;
  submitLabel: string;
  onSubmit: (key: NewKey, form: FormData) => void;
  onCancel: () => void;
  onDownloaded: (fileName: string | undefined) => void;
};

const sources = [
  { value: "generate", label: "Generate API Key Pair" },
  { value: "file", label: "Choose Public Key File" },
  { value: "paste", label: "Paste Public Key" },
];

/** Where the public key comes from, and what the key is called. Only a public key ever leaves this form. */
export function AddKeyForm(props: AddKeyFormProps) {
  const { fields, pending, error, onSubmit, onCancel, onDownloaded } = props;
  const [source, setSource] = useState("generate");
  const [isDownloaded, setDownloaded] = useState(false);
  const [fileText, setFileText] = useState<string>();
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const generation = useKeyPair(source === "generate");

  const choose = (next: string) => {
    setSource(next);
    setProblem(null);
    // Only the key that was made here has a file of a name that is known.
    if (next !== "generate") onDownloaded(undefined);
    else setDownloaded(false);
  };
  const keyText = (form: FormData): string => {
    if (source === "generate")
      return generation.state.step === "made" ? generation.state.pair.publicPem : "";
    return source === "file" ? (fileText ?? "") : textOf(form, "key");
  };
  const submit = (form: FormData) => {
    const missing = missingProblem(form, fields);
    if (missing !== null) return setProblem(missing);
    const key = keyText(form);
    const keyProblem = classifyKeyText(key);
    if (keyProblem !== undefined) return setProblem(atKey(keyProblemSentence(keyProblem)));
    const expiry = chosenExpiry(form, new Date());
    if (!expiry.isChosen) return setProblem(expiry.problem);
    setProblem(null);
    onSubmit({ name: textOf(form, "name"), key, expiresAt: expiry.expiresAt }, form);
  };

  return (
    <Form onSubmit={submit} pending={pending} error={problem ?? placed(error)}>
      <PlainFields fields={fields} initial={props.rotating?.details} />
      {props.children}
      <ChoiceField
        name="source"
        label="Key"
        options={sources}
        value={source}
        onValueChange={choose}
      />
      {source === "generate" && (
        <GeneratedKey
          ownerName={props.ownerName}
          generation={generation}
          onDownloaded={(fileName) => {
            setDownloaded(true);
            onDownloaded(fileName);
          }}
        />
      )}
      {source === "file" && (
        <PublicKeyFile
          onChosen={(text) => {
            setFileText(text);
            setProblem(null);
          }}
          onRefused={(sentence) => {
            setFileText(undefined);
            setProblem(atKey(sentence));
          }}
        />
      )}
      {source === "paste" && <PastedKey />}
      <ExpiryField like={props.rotating} />
      <FormActions
        submitLabel={props.submitLabel}
        pending={pending}
        onCancel={onCancel}
        disabledReason={
          source === "generate" && !isDownloaded ? "Download the private key first." : undefined
        }
      />
    </Form>
  );
}

/** Says what is wrong as soon as the field is left, without taking the focus back; *Add* says it again. */
function PastedKey() {
  const [found, setFound] = useState<KeyProblem>();
  return (
    <TextareaField
      name="key"
      label="Public key"
      isCode
      rows={7}
      hint={
        found === undefined ? (
          "From -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----; RSA, 2048 bits or more."
        ) : (
          <span className="text-danger">{keyProblemSentence(found)}</span>
        )
      }
      onBlur={({ target: { value } }) =>
        setFound(value.trim() === "" ? undefined : classifyKeyText(value))
      }
    />
  );
}

function atKey(message: string): FormProblem {
  return { message, fields: { key: message } };
}

/** The server's word on the key belongs at the key. */
function placed(error: ActionError | null): FormProblem | null {
  return error?.code === "invalid_key" ? atKey(error.message) : error;
}
