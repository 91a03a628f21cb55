import { randomText, type RandomSource } from "@/lib/domain/random";

import { checkPassword, type PasswordPolicy } from "./criteria";

/**
 * A one-time password that any policy accepts: 20 characters (more where the policy asks for more) without
 * look-alikes, in groups that dashes keep apart so that it can be dictated and typed. More than 90 random bits.
 */
export function makeOneTimePassword(
  policy: PasswordPolicy,
  userName: string,
  random: RandomSource,
): string {
  const length = Math.max(shortest, policy.minimumLength);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const password = drawInGroups(length, random);
    if (checkPassword({ ...policy, ...allClasses }, { password, userName }).length === 0)
      return password;
  }
  throw new Error("The source of randomness does not look random.");
}

function drawInGroups(length: number, random: RandomSource): string {
  const dashes = Math.floor(length / 5) - 1;
  const characters = randomText(length - dashes, unambiguous, random);
  const groups = Array.from({ length: dashes }, (_, index) =>
    characters.slice(index * 4, index * 4 + 4),
  );
  return [...groups, characters.slice(dashes * 4)].join("-");
}

const shortest = 20;
const mostAttempts = 1000;
const allClasses = {
  requiresUppercase: true,
  requiresLowercase: true,
  requiresDigit: true,
  requiresSpecial: true,
};

/** Without 0 O o, 1 I i l, 2 Z z, 5 S s and 8 B. */
const unambiguous = "ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy34679";
