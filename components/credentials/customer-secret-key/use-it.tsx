"use client";

import type { UseItProps } from "../kind-props";
import { SecretKeyClients } from "./clients";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SecretKeyClientsUse({ credential, secret, context }: UseItProps) {
  return (
    <SecretKeyClients
      accessKeyId={credential.publicId}
      secretKey={secret}
      region={context.region}
    />
  );
}
