import { mailedLinkTable } from "./mailed-links";

/** Of users who never signed in: the link makes their one-time password. */
export const invitations = mailedLinkTable("invitations");
