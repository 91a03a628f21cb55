import { z } from "zod";

/** The canonical form of an address, by which it is unique and looked up. */
export function emailKey(address: string): string {
  return address.normalize("NFKC").trim().toLowerCase();
}

const problem = "Use one e-mail address such as name@example.com, 254 characters at most.";
const longestInput = 1000;

/**
 * One mailbox and nothing that a mail header or an SMTP command could read as more than one: RFC 5321 without quoted
 * local parts, comments and address literals. Judged after NFKC, which turns a full-width comma into a comma.
 */
export const emailAddress = z
  .string()
  .max(longestInput, problem)
  .transform((address) => address.normalize("NFKC").trim())
  .refine((address) => isMailbox(address), problem);

function isMailbox(address: string): boolean {
  const [local, domain, ...more] = address.split("@");
  if (local === undefined || domain === undefined || more.length > 0 || address.length > 254)
    return false;
  return (
    local.length <= 64 &&
    localPart.test(local) &&
    domain.split(".").every((label) => domainLabel.test(label))
  );
}

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domainLabel = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
