import "server-only";
import { z } from "zod";

import { listAuditEventsOfOwner } from "@/lib/data/audit";
import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { presentEvent } from "../audit/present-event";
import { query } from "../use-case";

const pageSize = 50;

/** What happened to a person's account and credentials, the newest first; refused requests with their reason. */
export const listActivity = query({
  name: "listActivity",
  input: z.strictObject({
    userId: z.string(),
    before: z.coerce.number().int().positive().optional(),
  }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "ListActivity", { user }),
  run: async (tx, { loaded: user, input: { before } }) => {
    const rows = await listAuditEventsOfOwner(tx, user.id, { limit: pageSize, before });
    const shown = rows.slice(0, pageSize);
    return {
      events: shown.map(presentEvent),
      next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    };
  },
});
