import { z } from "zod";

/** What the audit log can be asked for. Everything left out does not narrow it. */
export const auditFilter = z.strictObject({
  /**
   * A name or OCID of a person, or of a credential, group or whatever else an event is about; or a credential's
   * fingerprint, access key or SMTP user name. As a whole.
   */
  search: z.string().trim().max(200).optional(),
  action: z.string().max(100).optional(),
  outcome: z.enum(["done", "refused"]).optional(),
  from: z.iso.datetime({ error: "Give an instant as in 2026-11-25T00:00:00Z." }).optional(),
  /** Up to and without this instant. */
  until: z.iso.datetime({ error: "Give an instant as in 2026-11-25T00:00:00Z." }).optional(),
});

export type AuditFilter = z.infer<typeof auditFilter>;
