"use client";

import { ChevronRight } from "lucide-react";
import { type RefObject, useEffect, useId, useRef, useState } from "react";

import { FieldFrame } from "@/components/form/field";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { existingDefaultAdvice, keyFileCommands } from "@/lib/domain/config-file/advice";
import { clientLines } from "@/lib/domain/config-file/clients";
import {
  configFileText,
  defaultProfile,
  keyFileProblem,
  profileProblem,
} from "@/lib/domain/config-file/config-file";
import type { CredentialView } from "@/lib/domain/credentials/present";

import type { Owner, ServerContext } from "../context";
import { Snippets } from "../snippets";
import { FirstUse } from "./first-use";
import { KeyHandOver } from "./key-hand-over";
import { MatchFile } from "./match-file";

type ConfigurationViewProps = {
  credential: CredentialView;
  owner: Owner;
  isOwn: boolean;
  context: ServerContext;
  keyFileName: string;
  /** Whether the private key was downloaded just now under that name. */
  wasDownloaded: boolean;
  /** For a dialog that opens with it: its `initialFocus`. The button takes the focus in any case. */
  copyButton?: RefObject<HTMLButtonElement | null> | undefined;
};

/** The profile for `~/.oci/config`, what to do with the key file, and the line that points each client here. */
export function ConfigurationView(props: ConfigurationViewProps) {
  const { credential, owner, isOwn, context, keyFileName, wasDownloaded } = props;
  const profile = useChecked(defaultProfile, profileProblem);
  const keyFile = useChecked(`~/.oci/${keyFileName}`, keyFileProblem);
  const text = configFileText({
    profile: profile.valid,
    user: owner.id,
    fingerprint: credential.publicId,
    tenancy: context.tenancyId,
    region: context.region,
    keyFile: keyFile.valid,
  });
  return (
    <div className="flex flex-col gap-5">
      {!isOwn && <KeyHandOver ownerName={owner.name} />}
      <FirstUse credential={credential} />
      <div className="grid gap-4 sm:grid-cols-2">
        <CheckedInput label="Profile name" field={profile} />
        <CheckedInput label="Key file" field={keyFile} />
      </div>
      <Preview text={text} copyButton={props.copyButton} />
      <CodeBlock
        code={keyFileCommands(wasDownloaded ? keyFileName : undefined, keyFile.valid)}
        title="Put the private key in its place"
        copyLabel="Copy key file commands"
      />
      {profile.valid === defaultProfile && (
        <div className="text-small text-ink-soft">
          <p>If your file already has a DEFAULT profile:</p>
          <ul className="mt-1 list-disc pl-5">
            {existingDefaultAdvice.map((advice) => (
              <li key={advice}>{advice}</li>
            ))}
          </ul>
        </div>
      )}
      <Snippets
        legend="Point your client at this server"
        name="client"
        snippets={clientLines({ url: context.url, profile: profile.valid })}
      />
      <details className="group">
        <summary className="inline-flex min-h-8 items-center gap-1.5 rounded-control pr-2 text-small text-ink-soft hover:text-ink pointer-coarse:min-h-11">
          <ChevronRight
            aria-hidden="true"
            className="size-3.5 transition-transform duration-[120ms] group-open:rotate-90"
          />
          Does this file match?
        </summary>
        <div className="pt-2">
          <MatchFile name={credential.name} fingerprint={credential.publicId} />
        </div>
      </details>
    </div>
  );
}

function Preview({
  text,
  copyButton,
}: { text: string } & Pick<ConfigurationViewProps, "copyButton">) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const ownButton = useRef<HTMLButtonElement>(null);
  const button = copyButton ?? ownButton;
  useEffect(() => button.current?.focus(), [button]);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-end justify-between gap-2">
        <Label htmlFor={id}>Configuration File Preview</Label>
        <span className="text-small text-ink-faint">~/.oci/config</span>
      </div>
      <Textarea
        ref={box}
        id={id}
        isCode
        readOnly
        rows={6}
        wrap="off"
        value={text.trimEnd()}
        className="overflow-x-auto"
      />
      <div className="pt-1">
        <CopyButton
          ref={button}
          text={text}
          label="Copy"
          visible={box}
          isLabelled
          variant="primary"
        />
      </div>
    </div>
  );
}

type Checked = {
  typed: string;
  /** The last text that was right: the preview never shows a broken file. */
  valid: string;
  problem: string | undefined;
  type: (text: string) => void;
};

function useChecked(initial: string, problemOf: (text: string) => string | undefined): Checked {
  const [typed, setTyped] = useState(initial);
  const [valid, setValid] = useState(initial);
  const type = (text: string) => {
    setTyped(text);
    if (problemOf(text) === undefined) setValid(text);
  };
  return { typed, valid, problem: problemOf(typed), type };
}

function CheckedInput({ label, field }: { label: string; field: Checked }) {
  const id = useId();
  const { typed, problem, type } = field;
  return (
    <FieldFrame id={id} name={id} label={label} problem={problem}>
      <Input
        id={id}
        value={typed}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => type(event.target.value)}
      />
    </FieldFrame>
  );
}
