"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { type RefObject, useEffect, useRef, useState } from "react";

import { RowActions } from "@/components/table/row-actions";
import { CopyableCode } from "@/components/ui/copyable-code";
import { InlineAlert } from "@/components/ui/inline-alert";
import { KeyValues } from "@/components/ui/key-values";
import { lazyPart } from "@/components/ui/lazy-part";

import { credentialFacts } from "./credential-columns";
import { CredentialStatus } from "./credential-status";
import type { CredentialsPanelProps } from "./credentials-panel";
import { extrasOf } from "./kind-extras";
import { PanelDialogs, type PanelState } from "./panel-dialogs";
import { rowEntries } from "./row-entries";
import { useCredentials } from "./use-credentials";
import { useRefresh, withFreshRow } from "./use-refresh";

const RotationCards = lazyPart(() => import("./rotation-cards"));

type CredentialPageProps = Omit<CredentialsPanelProps, "disabledReason"> & {
  /** Which of the list. */
  id: string;
};

/** One credential by itself: what is known of it, everything done to it, and what its kind adds. */
export function CredentialPage(props: CredentialPageProps) {
  const { description, owner, isOwn, context, path, id } = props;
  const [state, setState] = useState<PanelState>({ step: "closed" });
  const [isTouched, setTouched] = useState(false);
  const { data, isFirstUse } = useCredentials({
    ownerId: owner.id,
    kindId: description.id,
    noun: description.noun.one,
    newest: props.newest,
    isTouched: isTouched || state.step !== "closed",
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const refresh = useRefresh(owner.id, description.id, heading);
  const credential = data.find((one) => one.id === id);
  useFocusAtEnd(heading, credential?.ended !== null);
  const { OwnPage } = extrasOf(description.id);
  if (credential === undefined)
    return (
      <InlineAlert tone="neutral">
        This {description.noun.one} is gone.{" "}
        <Link className="link" href={path}>
          {description.title}
        </Link>
      </InlineAlert>
    );
  const rotation = data.filter(
    (one) => one.ended === null && (one.id === id || one.replacedById === id),
  );
  const { columns } = description;
  const viewerId = context.userId;
  const hasEnded = credential.ended !== null;
  return (
    <section aria-labelledby="credential-title" className="flex flex-col gap-6">
      <header className="flex flex-col gap-1">
        <Link
          href={path}
          className="inline-flex min-h-6 items-center gap-1.5 self-start rounded-mark text-small text-ink-soft hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" className="size-3.5" />
          {description.title}
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
            <h2
              ref={heading}
              id="credential-title"
              tabIndex={-1}
              data-focus-target=""
              className="text-section font-medium wrap-anywhere"
            >
              {credential.name}
            </h2>
            <CredentialStatus credential={credential} />
          </div>
          {!hasEnded && <RowActions entries={rowEntries(description, credential, setState)} />}
        </div>
      </header>
      {rotation.length > 1 && (
        <RotationCards
          description={description}
          credentials={rotation}
          onRetire={(old) => setState({ step: "deleting", credential: old })}
        />
      )}
      <KeyValues
        items={[
          { label: "OCID", value: <CopyableCode text={credential.id} label="Copy OCID" /> },
          ...credentialFacts(credential, { columns, viewerId, isFirstUse }),
        ]}
      />
      {OwnPage !== undefined && (
        <OwnPage
          {...{ description, owner, isOwn, context, credential }}
          onTouched={() => setTouched(true)}
          onChanged={refresh}
          onRenew={() => setState({ step: "rotating", credential })}
        />
      )}
      <PanelDialogs
        {...props}
        state={withFreshRow(state, data)}
        onStateChange={setState}
        onChanged={refresh}
        onIssued={() => undefined}
      />
    </section>
  );
}

/** With the end of it the controls go that had the focus. */
function useFocusAtEnd(heading: RefObject<HTMLHeadingElement | null>, hasEnded: boolean) {
  const hadEnded = useRef(hasEnded);
  useEffect(() => {
    if (hasEnded && !hadEnded.current) heading.current?.focus();
    hadEnded.current = hasEnded;
  }, [hasEnded, heading]);
}
