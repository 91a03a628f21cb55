"use client";

import { ConfigurationFrame } from "../configuration-frame";
import type { RowDialogProps } from "../kind-props";
import ClientCredentialUse from "./use-it";

/** *View configuration file*, at any time: the secret has a placeholder, because it was shown only once. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ClientCredentialUseDialog(props: RowDialogProps) {
  const { credential, owner, context } = props;
  return (
    <ConfigurationFrame {...props}>
      <ClientCredentialUse {...{ credential, owner, context }} secret="<the secret>" />
    </ConfigurationFrame>
  );
}
