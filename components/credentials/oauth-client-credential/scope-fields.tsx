"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { InlineAlert } from "@/components/ui/inline-alert";
import { grantedScopesQuery } from "@/lib/client/queries";
import { useQueryCache } from "@/lib/client/query-cache";
import { maxScopes } from "@/lib/domain/oauth/scopes";

import type { MoreFieldsProps } from "../kind-props";
import { ScopeField } from "./scope-field";

type ScopeFieldsProps = MoreFieldsProps & {
  /** How many the credential has already. */
  had?: number;
};

/** One or more audience–scope pairs, each chosen from what the owner was granted or entered whole. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ScopeFields({ owner, isOwn, had = 0 }: ScopeFieldsProps) {
  const granted = useQuery(grantedScopesQuery(owner.id), useQueryCache());
  const [keys, setKeys] = useState<readonly number[]>([0]);
  const isFull = had + keys.length >= maxScopes;
  const add = () => setKeys([...keys, Math.max(...keys) + 1]);
  const remove = (key: number) => setKeys(keys.filter((other) => other !== key));
  return (
    <div className="flex flex-col gap-4">
      {granted.error !== null && (
        <InlineAlert>
          What was granted could not be read. {granted.error.message}{" "}
          <button type="button" className="link" onClick={() => void granted.refetch()}>
            Read it again
          </button>
        </InlineAlert>
      )}
      {keys.map((key, index) => (
        <ScopeField
          key={key}
          place={had + index}
          granted={granted.data}
          ownerName={isOwn ? undefined : owner.name}
          onRemove={keys.length > 1 ? () => remove(key) : undefined}
        />
      ))}
      <div>
        <Button
          disabledReason={isFull ? `A credential has at most ${maxScopes} scopes.` : undefined}
          onClick={add}
        >
          + Another Scope
        </Button>
      </div>
    </div>
  );
}
