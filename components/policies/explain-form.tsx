"use client";

import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";

import { FieldFrame } from "@/components/form/field";
import { TextField } from "@/components/form/fields";
import { FormActions } from "@/components/form/form-actions";
import { FormBody } from "@/components/form/form-body";
import { type FormProblem, useFieldState } from "@/components/form/form-context";
import { PersonField } from "@/components/form/person-field";
import { Select } from "@/components/ui/select";
import type { OperationRule } from "@/lib/domain/policies/operations";
import { operationNames, ruleOf } from "@/lib/domain/policies/operations";
import { operationGroups, operationWords } from "@/lib/domain/policies/operation-words";

import { explainHref, type ExplainQuery, readExplainQuery } from "./explain-query";
import { explainPath } from "./policies-paths";

type ExplainFormProps = {
  query: ExplainQuery;
  groups: readonly string[];
  problem: FormProblem | null;
};

const fieldNames = ["user", "operation", "targetUser", "targetGroup"];

/** The question. A plain GET form: the answer's address can be kept and sent, and it works before its JavaScript. */
export function ExplainForm({ query, groups, problem }: ExplainFormProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [operation, setOperation] = useState(query.operation);
  const { about } = ruleOf(operation);
  const listId = useId();
  return (
    <form
      action={explainPath}
      aria-label="Question"
      className="max-w-[40rem]"
      onSubmit={(event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(event.currentTarget));
        const asked = readExplainQuery(textsOf(values));
        startTransition(() => router.push(explainHref(asked), { scroll: false }));
      }}
    >
      <FormBody error={problem} submissions={0} fieldNames={fieldNames}>
        <PersonField name="user" label="May this user" initial={query.user} />
        <OperationField value={operation} onChange={setOperation} />
        {(about === "user" || about === "membership") && (
          <PersonField name="targetUser" label="To the user" initial={query.targetUser} />
        )}
        {(about === "group" || about === "membership") && (
          <>
            <TextField
              name="targetGroup"
              label="With the group"
              defaultValue={query.targetGroup}
              list={listId}
              autoComplete="off"
              maxLength={200}
            />
            <datalist id={listId}>
              {groups.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </datalist>
          </>
        )}
        <FormActions submitLabel="Explain" pending={isPending} />
      </FormBody>
    </form>
  );
}

const aboutWords = {
  user: "To a user",
  group: "With a group",
  membership: "With a user in a group",
  tenancy: "In the tenancy",
} satisfies Record<OperationRule["about"], string>;

type OperationFieldProps = {
  value: ExplainQuery["operation"];
  onChange: (operation: ExplainQuery["operation"]) => void;
};

function OperationField({ value, onChange }: OperationFieldProps) {
  const { id, problem, control } = useFieldState("operation", false);
  return (
    <FieldFrame name="operation" label="Do this" id={id} problem={problem}>
      <Select
        {...control}
        value={value}
        onChange={(event) =>
          onChange(operationNames.find((name) => name === event.target.value) ?? value)
        }
      >
        {operationGroups.map(({ about, names }) => (
          <optgroup key={about} label={aboutWords[about]}>
            {names.map((name) => (
              <option key={name} value={name}>
                {operationWords(name)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </FieldFrame>
  );
}

function textsOf(values: Record<string, FormDataEntryValue>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
