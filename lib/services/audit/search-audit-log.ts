import "server-only";
import { z } from "zod";

import { searchAuditEvents } from "@/lib/data/audit-search";
import { auditFilter } from "@/lib/domain/audit/search";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";
import { presentEvent } from "./present-event";

const largestPage = 1_000;

/** The audit log, the newest first. `before` is the id of the last event seen. */
export const searchAuditLog = query({
  name: "searchAuditLog",
  input: auditFilter.extend({
    before: z.coerce.number().int().positive().optional(),
    limit: z.number().int().min(1).max(largestPage).default(50),
  }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadAuditEvents"),
  run: async (tx, { input: { before, limit, ...filter } }) => {
    const rows = await searchAuditEvents(tx, filter, { limit, before });
    const shown = rows.slice(0, limit);
    return {
      events: shown.map((row) => ({ ...presentEvent(row), ownerIsThere: row.ownerIsThere })),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  },
});
