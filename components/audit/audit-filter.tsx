"use client";

import type { ReactNode } from "react";

import { ListFilter } from "@/components/table/list-filter";

import {
  actionOptions,
  auditHref,
  type AuditQuery,
  longestSearch,
  outcomeOptions,
  readAuditQuery,
} from "./audit-query";

export function AuditFilter({
  query,
  foundWords,
  children,
}: {
  query: AuditQuery;
  foundWords: string;
  children: ReactNode;
}) {
  return (
    <ListFilter
      label="Audit log"
      action="/identity/audit"
      hrefOf={(values) => auditHref(readAuditQuery(values))}
      search={{
        label: "Search the audit log",
        placeholder: "A person, a credential, or an OCID",
        value: query.search,
        maxLength: longestSearch,
      }}
      selects={[
        {
          name: "action",
          label: "Action",
          value: query.action,
          options: actionOptions,
          // As wide as its longest option it would push the outcome into a second line.
          className: "max-sm:flex-[1_1_40%] sm:w-52",
        },
        { name: "outcome", label: "Outcome", value: query.outcome, options: outcomeOptions },
      ]}
      times={[
        { name: "from", label: "From", value: query.from },
        { name: "until", label: "To", value: query.until },
      ]}
      foundWords={foundWords}
    >
      {children}
    </ListFilter>
  );
}
