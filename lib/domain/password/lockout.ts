/** The tenth failure in a row blocks, whatever its source (product.md 3.3). */
export const failuresUntilBlocked = 10;

/** Failures over different names that one source may make in a minute (decisions.md 2); one name never gets fewer than ten. */
export const failuresPerSourcePerMinute = 30;

/** The same where a code is asked for: the password was right by then. */
export const codeRefusal =
  "This code is not right, or this user is blocked. Each code works once. After 10 failures in a row only an administrator can unblock.";

/** One sentence for every refusal at sign-in: who is asking learns nothing about the name (decisions.md 3). */
export const signInRefusal =
  "User name or password is wrong, or this user is blocked. After 10 failures in a row only an administrator can unblock.";
