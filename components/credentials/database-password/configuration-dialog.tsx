"use client";

import { ConfigurationFrame } from "../configuration-frame";
import type { RowDialogProps } from "../kind-props";
import { DatabaseUse } from "./use-it";

/** *View configuration file*, at any time: with a placeholder, because nobody here knows the password. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DatabaseUseDialog(props: RowDialogProps) {
  return (
    <ConfigurationFrame {...props}>
      <DatabaseUse owner={props.owner} />
    </ConfigurationFrame>
  );
}
