import { z } from "zod";

/**
 * A queue row that is not a mail yet: somebody asked for a temporary password in this name. Known and unknown names
 * leave the same row; the worker finds out which it is.
 */
export const passwordRequestTemplate = "temporary_password_request";

export const passwordRequest = z.object({
  nameKey: z.string(),
  origin: z.object({ requestId: z.string(), address: z.string(), client: z.string() }),
});

export type PasswordRequest = z.infer<typeof passwordRequest>;
