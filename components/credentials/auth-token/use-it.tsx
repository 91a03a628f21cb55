"use client";

import { tokenSnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function TokenUse({ secret, owner, context }: UseItProps) {
  const { url, tenancyName } = context;
  return (
    <div className="flex flex-col gap-2">
      <Snippets
        legend="Use it"
        name="tokenClient"
        snippets={tokenSnippets({ url, tenancyName, userName: owner.name, token: secret })}
      />
      <p className="text-small text-ink-soft">
        A Swift service or registry takes the token once it is connected to this server.
      </p>
    </div>
  );
}
