"use client";

import { exampleNames, tokenSnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function TokenUse({ secret, owner, context }: UseItProps) {
  const { tenancyName } = context;
  return (
    <Snippets
      legend="Use it"
      name="tokenClient"
      snippets={tokenSnippets({ tenancyName, userName: owner.name, token: secret })}
      note={`Put the address of your Swift service or registry in the place of ${exampleNames.swift} or ${exampleNames.registry}. It takes the token once it is connected to this server.`}
    />
  );
}
