import { type ComponentType, lazy, type LazyExoticComponent } from "react";

import { lazyPart } from "@/components/ui/lazy-part";

import type {
  AfterIssueProps,
  IssueDialogProps,
  MoreFieldsProps,
  OwnerPanelProps,
  OwnPageProps,
  RotateDialogProps,
  RowDialogProps,
  UseItProps,
} from "./kind-props";

export type KindExtras = {
  /** Instead of the dialog that is made of the kind's plain fields. */
  IssueDialog?: LazyExoticComponent<ComponentType<IssueDialogProps>>;
  /** Below the plain fields of that dialog. */
  MoreFields?: LazyExoticComponent<ComponentType<MoreFieldsProps>>;
  /** Instead of the dialog that asks for nothing but the overlap and the expiry. */
  RotateDialog?: LazyExoticComponent<ComponentType<RotateDialogProps>>;
  /** Before *Edit* in the row's menu. */
  rowActions?: readonly {
    label: string;
    Dialog: LazyExoticComponent<ComponentType<RowDialogProps>>;
  }[];
  /** Ready to paste, below the secret that is shown once. */
  UseIt?: LazyExoticComponent<ComponentType<UseItProps>>;
  /** Ready to paste, in the section, where no secret is shown. */
  AfterIssue?: LazyExoticComponent<ComponentType<AfterIssueProps>>;
  /** Above the list: what belongs to its owner and not to one of them. */
  OwnerPanel?: ComponentType<OwnerPanelProps>;
  /** On the page of each, for a kind whose description says that it has such pages. */
  OwnPage?: ComponentType<OwnPageProps>;
};

/** What a kind has beyond the rest: its own folder's pieces, loaded when they are opened. */
const extras: Partial<Record<string, KindExtras>> = {
  api_key: {
    IssueDialog: lazy(() => import("./api-key/add-key-dialog")),
    RotateDialog: lazy(() => import("./api-key/rotate-key-dialog")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./api-key/configuration-dialog")),
      },
      { label: "Does this file match?", Dialog: lazy(() => import("./api-key/match-dialog")) },
    ],
  },
  auth_token: {
    UseIt: lazy(() => import("./auth-token/use-it")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./auth-token/configuration-dialog")),
      },
    ],
  },
  customer_secret_key: {
    UseIt: lazy(() => import("./customer-secret-key/use-it")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./customer-secret-key/configuration-dialog")),
      },
    ],
  },
  oauth_client_credential: {
    MoreFields: lazy(() => import("./oauth-client-credential/scope-fields")),
    OwnPage: lazyPart(() => import("./oauth-client-credential/own-page")),
    UseIt: lazy(() => import("./oauth-client-credential/use-it")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./oauth-client-credential/configuration-dialog")),
      },
    ],
  },
  smtp_credential: {
    UseIt: lazy(() => import("./smtp-credential/use-it")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./smtp-credential/configuration-dialog")),
      },
    ],
  },
  database_password: {
    IssueDialog: lazy(() => import("./database-password/create-dialog")),
    OwnerPanel: lazyPart(() => import("./database-password/user-name-panel")),
    AfterIssue: lazy(() => import("./database-password/after-issue")),
    rowActions: [
      {
        label: "View configuration file",
        Dialog: lazy(() => import("./database-password/configuration-dialog")),
      },
    ],
  },
};

export function extrasOf(kindId: string): KindExtras {
  return extras[kindId] ?? {};
}
