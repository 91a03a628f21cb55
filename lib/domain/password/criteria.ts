/** The tenancy's rules for console passwords; `policy.ts` has their bounds and defaults. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requiresUppercase: boolean;
  readonly requiresLowercase: boolean;
  readonly requiresDigit: boolean;
  readonly requiresSpecial: boolean;
  readonly allowsUserName: boolean;
  /** How many former passwords may not come back; 0 for none. */
  readonly historyLength: number;
}

/** Which ones those are, as the page says beforehand and the refusal afterwards. */
export function formerPasswords({ historyLength }: Pick<PasswordPolicy, "historyLength">): string {
  return historyLength === 1 ? "your last one" : `your last ${historyLength}`;
}

/** What counts as a special character. Any other character may be used but does not count as one. */
export const specialCharacters = "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

export const longestPasswordBytes = 1024;

/** One password is one sequence of code points, however a keyboard composed its accents. */
export function normalisePassword(password: string): string {
  return password.normalize("NFC");
}

/** A rule, whether the password meets it, and what is said to whoever tried one that does not. */
export interface Criterion {
  readonly id: string;
  readonly label: string;
  readonly problem: string;
  readonly met: boolean;
}

type Candidate = { password: string; userName: string };

/**
 * What the policy asks for, each with whether the password meets it. The page shows the list beside the field and
 * the server decides by it. Former and common passwords are not in it: only the server knows them.
 */
export function passwordCriteria(policy: PasswordPolicy, candidate: Candidate): Criterion[] {
  const password = normalisePassword(candidate.password);
  return [
    ...compositionCriteria(policy, password),
    ...(policy.allowsUserName ? [] : [userNameCriterion(password, candidate.userName)]),
    ...brokenBounds(password),
  ];
}

/** The part of the rules that asks for length and characters; for a password that is normalised. */
export function compositionCriteria(policy: PasswordPolicy, password: string): Criterion[] {
  const has = (pattern: RegExp) => pattern.test(password);
  const criteria: (Criterion | false)[] = [
    {
      id: "length",
      label: `At least ${policy.minimumLength} characters`,
      problem: `Use at least ${policy.minimumLength} characters.`,
      met: [...password].length >= policy.minimumLength,
    },
    policy.requiresUppercase && {
      id: "uppercase",
      label: "An uppercase letter (A–Z)",
      problem: "Use at least one uppercase letter.",
      met: has(/[A-Z]/),
    },
    policy.requiresLowercase && {
      id: "lowercase",
      label: "A lowercase letter (a–z)",
      problem: "Use at least one lowercase letter.",
      met: has(/[a-z]/),
    },
    policy.requiresDigit && {
      id: "digit",
      label: "A digit (0–9)",
      problem: "Use at least one digit.",
      met: has(/[0-9]/),
    },
    policy.requiresSpecial && {
      id: "special",
      label: `A special character (${specialCharacters})`,
      problem: `Use at least one of these characters: ${specialCharacters}`,
      met: hasSpecial(password),
    },
  ];
  return criteria.filter((criterion) => criterion !== false);
}

/** The sentences for what is wrong with the password; none if the policy accepts it. */
export function checkPassword(policy: PasswordPolicy, candidate: Candidate): string[] {
  return problemsOf(passwordCriteria(policy, candidate));
}

export function problemsOf(criteria: readonly Criterion[]): string[] {
  return criteria.filter(({ met }) => !met).map(({ problem }) => problem);
}

function userNameCriterion(password: string, userName: string): Criterion {
  return {
    id: "userName",
    label: "Does not contain the user name",
    problem: "Leave the user name out of the password.",
    met: password !== "" && !containsUserName(password, userName),
  };
}

/**
 * Whether the name occurs in the password, whatever the case of either. As in OCI, names of three characters or
 * fewer are not looked for: they occur in too many good passwords by chance.
 */
export function containsUserName(password: string, userName: string): boolean {
  const name = userName.normalize("NFC").toLowerCase();
  return [...name].length > 3 && normalisePassword(password).toLowerCase().includes(name);
}

/** Limits that hardly anybody meets: they appear in the list only once they are broken. */
function brokenBounds(password: string): Criterion[] {
  const bounds = [
    printableCriterion(password),
    {
      id: "maximum",
      label: `At most ${longestPasswordBytes} bytes`,
      problem: `Use at most ${longestPasswordBytes} bytes.`,
      met: new TextEncoder().encode(password).length <= longestPasswordBytes,
    },
  ];
  return bounds.filter((bound) => !bound.met);
}

export function printableCriterion(password: string): Criterion {
  return {
    id: "characters",
    label: "No line breaks or other control characters",
    problem: "Leave out line breaks and other control characters.",
    met: !/[\p{Cc}\p{Cs}]/u.test(password),
  };
}

function hasSpecial(password: string): boolean {
  return [...specialCharacters].some((character) => password.includes(character));
}
