import { z } from "zod";

import { wireTime } from "@/lib/domain/credentials/wire-models";
import { readCredentialReport } from "@/lib/services/reports/credential-report";

import { defineOperation, type Operation } from "../operation";

const optional = z.string().nullable();

const reportRowModel = {
  name: "CredentialReportRow",
  schema: z.object({
    user: z.string(),
    userId: z.string(),
    userKind: z.string(),
    userState: z.enum(["active", "blocked", "suspended"]),
    userSecondFactor: z.boolean().nullable(),
    kind: optional,
    credentialId: optional,
    publicId: optional,
    name: optional,
    state: z.enum(["active", "disabled", "expired", "retiring", "ended"]).nullable(),
    createdAt: wireTime.nullable(),
    createdBy: optional,
    secretMadeAt: wireTime.nullable(),
    ageDays: z.int().nullable(),
    lastUsedAt: wireTime.nullable(),
    lastUsedAddress: optional,
    lastUsedClient: optional,
    expiresAt: wireTime.nullable(),
    verdicts: z.array(z.enum(["blocked", "expired", "expiring", "never-used", "old"])),
  }),
};

/** Latchkey's own, beside Oracle's: the credential report, so many users a page. */
export const reportOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListCredentialReport",
    method: "GET",
    path: "/credentialReport",
    tag: "Reports",
    query: z.object({
      limit: z.string().optional(),
      page: z.string().optional(),
    }),
    reply: { ...reportRowModel, isList: true },
    useCase: readCredentialReport,
    toInput: ({ query }) => query,
    present: ({ rows }) => rows,
    nextPage: ({ nextPage }) => nextPage,
  }),
];
