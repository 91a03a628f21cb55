"use client";

import { ConfigurationFrame } from "../configuration-frame";
import type { RowDialogProps } from "../kind-props";
import SecretKeyUse from "./use-it";

/** *View configuration file*, at any time: the secret has a placeholder, because it was shown only once. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SecretKeyUseDialog(props: RowDialogProps) {
  const { credential, owner, context } = props;
  return (
    <ConfigurationFrame {...props}>
      <SecretKeyUse {...{ credential, owner, context }} secret="<the secret key>" />
    </ConfigurationFrame>
  );
}
