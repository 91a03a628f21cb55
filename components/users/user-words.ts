/** What an e-mail address is for, said wherever one is asked for. */
export const emailHint =
  "For a forgotten password and for news about the account. Without one, only an administrator can help.";
