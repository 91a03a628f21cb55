"use client";

import { useState } from "react";

import { SelectField, TextField } from "@/components/form/fields";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/radio-group";
import type { GrantedScopes } from "@/lib/domain/oauth/granted-scopes";

type ScopeFieldProps = {
  place: number;
  /** Undefined while it is read. */
  granted: GrantedScopes | undefined;
  /** Of somebody else's credential. */
  ownerName: string | undefined;
  onRemove: (() => void) | undefined;
};

type Way = "select" | "enter";

/** One pair. It is chosen where there is something to choose from, and entered by who may, unless told otherwise. */
export function ScopeField({ place, granted, ownerName, onRemove }: ScopeFieldProps) {
  const [chosenWay, setChosenWay] = useState<Way | undefined>();
  const hasNothing = granted?.resources.length === 0;
  const way = chosenWay ?? (hasNothing && granted.mayEnterAnyAudience ? "enter" : "select");
  const title = `Scope ${place + 1}`;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-t border-line pt-3">
      <legend className="sr-only">{title}</legend>
      <div className="flex min-h-8 items-center justify-between gap-3">
        <p aria-hidden="true" className="font-medium">
          {title}
        </p>
        {onRemove !== undefined && (
          <Button variant="ghost" aria-label={`Remove scope ${place + 1}`} onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      <Segmented
        legend="How to give it"
        isLegendHidden
        name={`way-${place}`}
        value={way}
        onValueChange={(value) => setChosenWay(value === "enter" ? "enter" : "select")}
        options={[
          { value: "select", label: "Select a Resource-Scope Pair" },
          { value: "enter", label: "Enter Fully Qualified Scope" },
        ]}
      />
      {way === "enter" ? (
        <EnteredScope place={place} mayEnterAny={granted?.mayEnterAnyAudience ?? false} />
      ) : hasNothing ? (
        <p className="text-ink-soft">{nothingWords(ownerName)}</p>
      ) : (
        <SelectedScope place={place} granted={granted} />
      )}
    </fieldset>
  );
}

function nothingWords(ownerName: string | undefined): string {
  return ownerName === undefined
    ? "No scope is granted to you yet. An administrator grants scopes to your groups, under OAuth resources."
    : `No scope is granted to ${ownerName} yet. Grant scopes to their groups under OAuth resources.`;
}

function SelectedScope({ place, granted }: { place: number; granted: GrantedScopes | undefined }) {
  const resources = granted?.resources ?? [];
  const only = resources.length === 1 ? resources[0]?.audience : undefined;
  const [chosen, setChosen] = useState<string | undefined>();
  const audience = chosen ?? only ?? "";
  const scopes = resources.find((resource) => resource.audience === audience)?.scopes ?? [];
  return (
    <>
      <SelectField
        name={`scopes.${place}.audience`}
        label="Resource"
        hint="Listed are the services with a scope granted to one of the owner’s groups."
        value={audience}
        onChange={(event) => setChosen(event.target.value)}
        options={[
          { value: "", label: granted === undefined ? "Reading…" : "Choose a resource" },
          ...resources.map(({ name, audience: value }) => ({ value, label: name })),
        ]}
      />
      <TextField name={`audience-${place}`} label="Audience" value={audience} readOnly isCode />
      <SelectField
        // Another resource has other scopes: none of them is chosen yet.
        key={audience}
        name={`scopes.${place}.scope`}
        label="Scope"
        hint="Choose the one that allows the least that is needed."
        options={[
          ...(scopes.length === 1 ? [] : [{ value: "", label: "Choose a scope" }]),
          ...scopes.map((scope) => ({ value: scope, label: scope })),
        ]}
      />
    </>
  );
}

function EnteredScope({ place, mayEnterAny }: { place: number; mayEnterAny: boolean }) {
  return (
    <>
      <TextField
        name={`scopes.${place}.audience`}
        label="Audience"
        hint={
          mayEnterAny
            ? "The URI of the service, exactly as it expects it."
            : "The URI of a registered service, exactly as it expects it. Only an administrator may enter another."
        }
        maxLength={1_000}
        {...verbatim}
      />
      <TextField name={`scopes.${place}.scope`} label="Scope" maxLength={1_000} {...verbatim} />
    </>
  );
}

const verbatim = {
  autoComplete: "off",
  autoCapitalize: "off",
  spellCheck: false,
  isCode: true,
} as const;
