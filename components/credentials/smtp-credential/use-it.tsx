"use client";

import type { UseItProps } from "../kind-props";
import { MailLoginClients } from "./clients";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function MailLoginClientsUse({ credential, secret }: UseItProps) {
  return <MailLoginClients userName={credential.publicId} password={secret} />;
}
