import { mailedLinkTable } from "./mailed-links";

/** The link proves that whoever reads the mails of an address wants it to be the user's. */
export const emailConfirmations = mailedLinkTable("email_confirmations");
