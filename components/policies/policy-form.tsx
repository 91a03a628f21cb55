"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";

import { atOneField } from "@/components/form/at-one-field";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { ButtonLink } from "@/components/shell/button-link";
import { UnsavedGuard } from "@/components/shell/unsaved-guard";
import { InlineAlert } from "@/components/ui/inline-alert";
import { textOf } from "@/components/form/text-of";
import { createPolicyAction, updatePolicyAction } from "@/lib/actions/policies";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import { grantedByTexts } from "@/lib/domain/policies/authority";
import { problemsIn, statementsIn, warningsIn } from "@/lib/domain/policies/lines";

import { policiesPath, policyPath } from "./policies-paths";
import { StatementsField } from "./statements-field";

export interface EditedPolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly statements: readonly string[];
  readonly versionDate: string | null;
  readonly version: number;
}

export type PolicyFormProps = {
  /** Undefined to create one. */
  policy: EditedPolicy | undefined;
  groups: readonly string[];
  /** Whether `groups` are all there are. */
  areAllGroups: boolean;
  /** The statements that the viewer's own rights come from. */
  mine: readonly string[];
};

/**
 * A policy whole: to create it, or to change all of it but its name. What somebody else saved replaces what is shown; what
 * is saved here stays as it stands, and the focus with it.
 */
export function PolicyForm(props: PolicyFormProps) {
  const version = props.policy?.version ?? 0;
  const [own, setOwn] = useState(0);
  const [shown, setShown] = useState({ version, generation: 0 });
  // What is read again after one save may come after the next one.
  const isOwn = version <= own;
  if (shown.version !== version)
    setShown({ version, generation: shown.generation + (isOwn ? 0 : 1) });
  const seenVersion = Math.max(version, own);
  return <OpenForm key={shown.generation} {...props} seenVersion={seenVersion} onSaved={setOwn} />;
}

type OpenFormProps = PolicyFormProps & {
  /** The version that a change replaces; of no use for a new policy. */
  seenVersion: number;
  onSaved: (version: number) => void;
};

function OpenForm(props: OpenFormProps) {
  const { policy, groups, areAllGroups, mine } = props;
  const [text, setText] = useState(policy?.statements.join("\n") ?? "");
  const [isTried, setIsTried] = useState(false);
  const [isUnsaved, setIsUnsaved] = useState(false);
  const { save, isPending, error } = useSaving(props, () => setIsUnsaved(false));
  const blocking = isTried ? whyNotSaved(text) : null;
  const submit = (values: FormData) => {
    setIsTried(true);
    if (whyNotSaved(text) !== null) return;
    save({
      name: textOf(values, "name"),
      description: textOf(values, "description"),
      versionDate: textOf(values, "versionDate"),
      statements: statementsIn(text),
    });
  };
  return (
    <Form
      onSubmit={submit}
      pending={isPending}
      error={blocking ?? atOneField(error, "statements")}
      label={policy === undefined ? "New policy" : "Policy"}
      className="max-w-[52rem]"
      onChange={() => setIsUnsaved(true)}
    >
      <UnsavedGuard isUnsaved={isUnsaved} />
      {policy === undefined && (
        <TextField
          name="name"
          label="Name"
          hint="Letters, digits and - . _ + @. It cannot be changed later."
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={100}
        />
      )}
      <TextField
        name="description"
        label="Description"
        isOptional
        defaultValue={policy?.description}
        autoComplete="off"
        maxLength={400}
      />
      <StatementsField
        name="statements"
        label="Statements"
        text={text}
        onChange={setText}
        groups={groups}
        hint={
          <>
            One a line, such as <code>Allow group HelpDesk to manage users in tenancy</code>. Ctrl
            Space shows what may follow.
          </>
        }
      />
      <Warnings text={text} groups={areAllGroups ? groups : undefined} mine={mine} />
      <TextField
        name="versionDate"
        label="Version date"
        type="date"
        isOptional
        defaultValue={policy?.versionDate ?? ""}
        className="sm:max-w-48"
        hint="Asks for what the verbs meant on that day. Here they have never meant anything else; it is kept for the tools that set it."
      />
      <FormActions
        submitLabel={policy === undefined ? "Create Policy" : "Save Changes"}
        pending={isPending}
      >
        {policy === undefined && <ButtonLink href={policiesPath}>Cancel</ButtonLink>}
      </FormActions>
    </Form>
  );
}

type Values = { name: string; description: string; versionDate: string; statements: string[] };

function useSaving({ policy, seenVersion, onSaved }: OpenFormProps, onDone: () => void) {
  const router = useRouter();
  const creation = useActionMutation(createPolicyAction, {
    onDone: ({ id, name }) => {
      onDone();
      showToast(`“${name}” was created. It is in force.`, "good");
      router.push(policyPath(id));
    },
  });
  const update = useActionMutation(updatePolicyAction, {
    onDone: ({ version }) => {
      onDone();
      onSaved(version);
      showToast("Changes saved. They are in force.", "good");
      router.refresh();
    },
  });
  const save = ({ name, ...change }: Values) => {
    if (policy === undefined) creation.mutate({ name, ...change });
    else update.mutate({ policyId: policy.id, seenVersion, ...change });
  };
  const { isPending, error } = policy === undefined ? creation : update;
  return { save, isPending, error };
}

/** What is wrong is told beside the statements already: the form only brings the focus there. */
function whyNotSaved(text: string): FormProblem | null {
  const at = (statements: string) => ({ message: "", fields: { statements } });
  if (statementsIn(text).length === 0) return at("Write at least one statement.");
  const { length } = problemsIn(text);
  if (length === 0) return null;
  return at(
    length === 1 ? "One statement cannot be read." : `${length} statements cannot be read.`,
  );
}

function Warnings({
  text,
  groups,
  mine,
}: {
  text: string;
  groups: readonly string[] | undefined;
  mine: readonly string[];
}) {
  const held = useMemo(() => grantedByTexts(mine), [mine]);
  const warnings = warningsIn(useDeferredValue(text), { groups, mine: held });
  if (warnings.length === 0) return null;
  return (
    <InlineAlert tone="warn">
      <ul>
        {warnings.map((warning) => (
          <li key={warning} className="wrap-anywhere">
            {warning}
          </li>
        ))}
      </ul>
    </InlineAlert>
  );
}
