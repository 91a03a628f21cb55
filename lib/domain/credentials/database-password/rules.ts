import {
  compositionCriteria,
  containsUserName,
  type Criterion,
  normalisePassword,
  type PasswordPolicy,
  printableCriterion,
  problemsOf,
} from "../../password/criteria";
import type { OwnerNames } from "../kind";

/**
 * What a database password needs, each with whether it has it: the tenancy's rules for console passwords and those of
 * databases. The page shows the list beside the field and the server decides by it.
 */
export function databasePasswordCriteria(
  policy: PasswordPolicy,
  typed: string,
  { name, dbUserName }: OwnerNames,
): Criterion[] {
  const password = normalisePassword(typed);
  const names = dbUserName === null ? [name] : [name, dbUserName];
  const whose = dbUserName === null ? "the user name" : "the user name or the database user name";
  const isTyped = password !== "";
  return [
    ...compositionCriteria(policy, password),
    {
      id: "userName",
      label: `Does not contain ${whose}`,
      problem: `Leave ${whose} out of the password.`,
      met: isTyped && !names.some((one) => containsUserName(password, one)),
    },
    {
      id: "doubleQuote",
      label: 'No double quote (")',
      problem: 'Leave out the double quote (").',
      met: isTyped && !password.includes('"'),
    },
    {
      id: "bytes",
      label: `Under ${tooManyBytes} bytes`,
      problem: tooLong,
      met: isTyped && new TextEncoder().encode(password).length < tooManyBytes,
    },
    ...[printableCriterion(password)].filter(({ met }) => !met),
  ];
}

/** The sentences for what is wrong with the password; none if it is good. */
export function databasePasswordProblems(
  policy: PasswordPolicy,
  password: string,
  owner: OwnerNames,
): string[] {
  return problemsOf(databasePasswordCriteria(policy, password, owner));
}

/** Databases and their drivers take less than this (console-facts.md 2). */
export const tooManyBytes = 128;
export const tooLong = `Use less than ${tooManyBytes} bytes.`;
