"use client";

import { type SecretKeyUse, secretKeySnippets } from "@/lib/domain/config-file/snippets";

import { Snippets } from "../snippets";

/** Ready to paste for each client, with the address of an example in the place of the real one. */
export function SecretKeyClients(props: SecretKeyUse) {
  return (
    <div className="flex flex-col gap-2">
      <Snippets legend="Use it" name="secretKeyClient" snippets={secretKeySnippets(props)} />
      <p className="text-small text-ink-soft">
        Put the address of your object storage in the place of s3.example.com. It takes the key once
        it is connected to this server.
      </p>
    </div>
  );
}
