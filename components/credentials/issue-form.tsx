"use client";

import { type ReactNode, useState } from "react";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { nestedValues } from "@/components/form/nested-values";
import { textOf } from "@/components/form/text-of";
import type { FormField, KindDescription } from "@/lib/domain/credentials/kind";

import { chosenExpiry, ExpiryField } from "./expiry-field";

export type IssueValues = { values: Record<string, unknown>; expiresAt: string | null };

type IssueFormProps = {
  description: KindDescription;
  pending: boolean;
  error: FormProblem | null;
  onSubmit: (values: IssueValues) => void;
  onCancel: () => void;
  /** Fields that the plain ones cannot be; a dotted name (`scopes.0.scope`) is a place in the values. */
  children?: ReactNode;
};

/** The kind's fields and *Expires*. */
export function IssueForm(props: IssueFormProps) {
  const { description, pending, error, onSubmit, onCancel, children } = props;
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const submit = (form: FormData) => {
    const missing = missingProblem(form, description.fields);
    if (missing !== null) return setProblem(missing);
    const expiry = chosenExpiry(form, new Date());
    if (!expiry.isChosen) return setProblem(expiry.problem);
    setProblem(null);
    onSubmit({
      values: { ...valuesOf(form, description.fields), ...nestedValues(form) },
      expiresAt: expiry.expiresAt,
    });
  };
  return (
    <Form onSubmit={submit} pending={pending} error={problem ?? error}>
      <PlainFields fields={description.fields} />
      {children}
      <ExpiryField />
      <FormActions submitLabel={description.confirmLabel} pending={pending} onCancel={onCancel} />
    </Form>
  );
}

export function PlainFields({
  fields,
  initial,
}: {
  fields: readonly FormField[];
  initial?: Readonly<Record<string, unknown>> | undefined;
}) {
  return fields.map((field, index) => (
    <TextField
      key={field.name}
      name={field.name}
      label={field.label}
      hint={field.hint}
      maxLength={field.maxLength}
      isOptional={!field.required}
      autoComplete="off"
      defaultValue={initialText(initial?.[field.name])}
      // The dialog was opened to be typed into.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={index === 0}
    />
  ));
}

/** What still has to be filled in: people need a name to tell their credentials apart, whatever machines may omit. */
export function missingProblem(form: FormData, fields: readonly FormField[]): FormProblem | null {
  const missing = fields.filter(
    ({ name, required }) => required && textOf(form, name).trim() === "",
  );
  if (missing.length === 0) return null;
  const sentences = missing.map(({ name, label }) => [name, `${label} is missing.`]);
  return { message: "Something is missing.", fields: Object.fromEntries(sentences) };
}

/** A field that may stay empty is left out when it is. */
export function valuesOf(form: FormData, fields: readonly FormField[]): Record<string, string> {
  const filled = fields.filter((field) => field.required || textOf(form, field.name) !== "");
  return Object.fromEntries(filled.map(({ name }) => [name, textOf(form, name)]));
}

function initialText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
