import type { UserKind } from "@/lib/domain/caller";
import { emailAddress } from "@/lib/domain/users/email";

declare const checked: unique symbol;

/** Exactly one mailbox. The only way to get one is `recipientOf`, and the transport takes nothing else. */
export type Recipient = string & { readonly [checked]: true };

/**
 * The text as one recipient, or undefined when it is anything but one address in its canonical spelling. Nothing is
 * mended here: an address was normalised when it was stored, so what differs now was not stored by us.
 */
export function recipientOf(text: string): Recipient | undefined {
  return isRecipient(text) ? text : undefined;
}

interface Addressed {
  readonly email: string | null;
  /** Confirmed once, while `email` is another one that is not. */
  readonly provenEmail?: string | null;
}

/**
 * Where mail to a person goes; undefined when nowhere. Until a new address is confirmed, that is the last one that was:
 * nobody takes over an account by entering an address of their own (security.md R18).
 */
export function addressOf({ email, provenEmail }: Addressed): Recipient | undefined {
  const inForce = provenEmail ?? email;
  return inForce === null ? undefined : recipientOf(inForce);
}

/** The address as it was entered, confirmed or not: for the mails that prove it. */
export function enteredAddressOf({ email }: Addressed): Recipient | undefined {
  return addressOf({ email });
}

/** Where news about a user's credentials go: to the person; of a service user to those who answer for it as well. */
export function addressesOf(
  user: Addressed & { readonly ownerOfRecord: Addressed | null; readonly deputy: Addressed | null },
): Recipient[] {
  const everybody = [user.ownerOfRecord, user.deputy, user];
  return [...new Set(everybody.flatMap((person) => (person && addressOf(person)) ?? []))];
}

/** Where a user's credentials and activity are looked at: nobody signs in as a service user. */
export function accountPath({
  id,
  kind,
}: {
  readonly id: string;
  readonly kind: UserKind;
}): string {
  return kind === "service" ? `/identity/users/${id}` : "/profile";
}

function isRecipient(text: string): text is Recipient {
  const parsed = emailAddress.safeParse(text);
  return parsed.success && parsed.data === text;
}
