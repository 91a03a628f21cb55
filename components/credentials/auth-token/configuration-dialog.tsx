"use client";

import { ConfigurationFrame } from "../configuration-frame";
import type { RowDialogProps } from "../kind-props";
import TokenUse from "./use-it";

/** *View configuration file*, at any time: the token has a placeholder, because it was shown only once. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function TokenUseDialog(props: RowDialogProps) {
  const { credential, owner, context } = props;
  return (
    <ConfigurationFrame {...props}>
      <TokenUse {...{ credential, owner, context }} secret="<the token>" />
    </ConfigurationFrame>
  );
}
