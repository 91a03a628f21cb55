"use client";

import { lazy, Suspense } from "react";

import { SectionHeader } from "@/components/shell/page-header";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { Button } from "@/components/ui/button";
import { CopyableCode } from "@/components/ui/copyable-code";
import { preloadDialog } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { useShown } from "@/components/ui/use-shown";
import { type HeldScope, joinedScope, maxScopes } from "@/lib/domain/oauth/scopes";

import type { OwnPageProps } from "../kind-props";
import { scopesOf } from "./scopes-of";
import { TryIt } from "./try-it";

const AddScopesDialog = lazy(() => import("./add-scopes-dialog"));
const RemoveScopeDialog = lazy(() => import("./remove-scope-dialog"));

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

type Asked = { act: "add" } | { act: "remove"; scope: HeldScope };

function Scopes(props: OwnPageProps) {
  const { credential, onTouched } = props;
  const { shown: asked, isOpen, show, close } = useShown<Asked>();
  const ask = (about: Asked) => {
    onTouched();
    show(about);
  };
  const scopes = scopesOf(credential);
  const region = useFocusAfterRemoval(scopes.length);
  const isFull = scopes.length >= maxScopes;
  const keptReason = scopes.length === 1 ? "A credential keeps at least one scope." : undefined;
  return (
    <section aria-labelledby="scopes-title">
      <SectionHeader
        id="scopes-title"
        title="Fully qualified scopes"
        description="What it may ask for. More or fewer scopes need no new secret."
        action={
          credential.ended === null && (
            <Button
              disabledReason={isFull ? `A credential has at most ${maxScopes} scopes.` : undefined}
              onPointerEnter={preloadDialog}
              onFocus={preloadDialog}
              onClick={() => ask({ act: "add" })}
            >
              Add Scopes
            </Button>
          )
        }
      />
      <div ref={region} tabIndex={-1} data-focus-target="">
        <ul className="rounded-panel border border-line bg-surface">
          {scopes.map((scope) => {
            const joined = joinedScope(scope);
            return (
              <li
                key={joined}
                className="flex items-center justify-between gap-x-4 border-t border-line px-3 py-1.5 first:border-t-0"
              >
                <CopyableCode text={joined} label={`Copy ${joined}`} />
                {credential.ended === null && (
                  <Button
                    variant="ghost"
                    disabledReason={keptReason}
                    aria-label={`Remove ${joined}`}
                    onClick={() => ask({ act: "remove", scope })}
                  >
                    Remove
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      {asked !== null && (
        <Suspense fallback={null}>
          {asked.act === "add" ? (
            <AddScopesDialog {...props} isOpen={isOpen} onClose={close} />
          ) : (
            <RemoveScopeDialog
              key={joinedScope(asked.scope)}
              {...props}
              isOpen={isOpen}
              scope={asked.scope}
              onClose={close}
            />
          )}
        </Suspense>
      )}
    </section>
  );
}

function Secret({ description: { renewal }, credential, onRenew }: OwnPageProps) {
  const made = <RelativeTime instant={credential.secretMadeAt} />;
  return (
    <section aria-labelledby="secret-title">
      <SectionHeader
        id="secret-title"
        title="Secret"
        description={
          <>
            Made {made} and shown once. Whoever lost it, or fears that somebody else knows it, makes
            a new one.
          </>
        }
        action={
          <Button
            disabledReason={
              credential.state === "active"
                ? undefined
                : "Only an active credential gets a new secret."
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
