"use client";

import { lazy, Suspense, useState } from "react";

import { SectionHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { CopyableCode } from "@/components/ui/copyable-code";
import { preloadDialog } from "@/components/ui/dialog";
import { joinedScope, maxScopes } from "@/lib/domain/oauth/scopes";

import type { OwnPageProps } from "../kind-props";
import { scopesOf } from "./scopes-of";
import { TryIt } from "./try-it";

const AddScopesDialog = lazy(() => import("./add-scopes-dialog"));

/** What a client credential may ask for, its secret, and a token to look at. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ClientCredentialPage(props: OwnPageProps) {
  const { credential } = props;
  const hasEnded = credential.ended !== null;
  return (
    <>
      <Scopes {...props} />
      {!hasEnded && <Secret {...props} />}
      {!hasEnded && <TryIt {...props} />}
    </>
  );
}

function Scopes(props: OwnPageProps) {
  const { credential } = props;
  const [step, setStep] = useState<"untouched" | "open" | "closed">("untouched");
  const scopes = scopesOf(credential);
  const isFull = scopes.length >= maxScopes;
  return (
    <section aria-labelledby="scopes-title">
      <SectionHeader
        id="scopes-title"
        title="Fully qualified scopes"
        description="What it may ask for. More scopes need no new secret."
        action={
          credential.ended === null && (
            <Button
              disabledReason={isFull ? `A credential has at most ${maxScopes} scopes.` : undefined}
              onPointerEnter={preloadDialog}
              onFocus={preloadDialog}
              onClick={() => setStep("open")}
            >
              Add Scopes
            </Button>
          )
        }
      />
      <ul className="rounded-panel border border-line bg-surface">
        {scopes.map((pair) => {
          const joined = joinedScope(pair);
          return (
            <li key={joined} className="border-t border-line px-3 py-1.5 first:border-t-0">
              <CopyableCode text={joined} label={`Copy ${joined}`} />
            </li>
          );
        })}
      </ul>
      {step !== "untouched" && (
        <Suspense fallback={null}>
          <AddScopesDialog {...props} isOpen={step === "open"} onClose={() => setStep("closed")} />
        </Suspense>
      )}
    </section>
  );
}

function Secret({ description: { renewal }, credential, onRenew }: OwnPageProps) {
  return (
    <section aria-labelledby="secret-title">
      <SectionHeader
        id="secret-title"
        title="Secret"
        description="It was shown once. Whoever lost it, or fears that somebody else knows it, makes a new one."
        action={
          <Button
            disabledReason={
              credential.state === "active" ? undefined : "Only of one that is active."
            }
            onClick={onRenew}
          >
            {renewal?.label}
          </Button>
        }
      />
    </section>
  );
}
