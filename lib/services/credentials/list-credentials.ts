import "server-only";
import { z } from "zod";

import { findOwnerWithCredentials } from "@/lib/data/credentials";
import { presentCredential } from "@/lib/domain/credentials/present";
import { mayListCredentials } from "@/lib/domain/policy";

import { query } from "../use-case";
import { kindNamed } from "./kind-named";
import { logUnreadable } from "./log-unreadable";

/** A user's credentials of one kind, oldest first, ended ones included for 90 days. No secret is ever among them. */
export const listCredentials = query({
  name: "listCredentials",
  input: z.strictObject({ ownerId: z.string(), kind: z.string() }),
  load: (tx, { ownerId, kind }) => findOwnerWithCredentials(tx, ownerId, kindNamed(kind).id),
  authorize: (caller, { owner }, { kind }) => mayListCredentials(caller, owner, kind),
  run: (_tx, { input, loaded }) => {
    const kind = kindNamed(input.kind);
    const views = loaded.credentials.map((each) => presentCredential(kind, each, loaded.now));
    for (const view of views) if (view.isUnreadable) logUnreadable(view);
    return views;
  },
});
