import { z } from "zod";

/** A group's name, as OCI bounds it; unique in the tenancy, whatever its case. */
export const groupName = z
  .string()
  .regex(/^[A-Za-z0-9._+@-]{1,100}$/, "Use 1 to 100 letters, digits and - . _ + @ without spaces.");
