import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";
import { isOldSecret } from "@/lib/domain/credentials/rotation";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import type { CredentialWire, WireModel } from "@/lib/domain/credentials/wire";
import { etagOf } from "@/lib/domain/etag";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { listCredentials } from "@/lib/services/credentials/list-credentials";
import type { Issued } from "@/lib/services/credentials/make";
import { revokeCredential } from "@/lib/services/credentials/revoke-credential";
import { rotateCredential } from "@/lib/services/credentials/rotate-credential";
import { updateCredential } from "@/lib/services/credentials/update-credential";

import {
  type CredentialList,
  credentialListQuery,
  credentialPage,
  requireUsablePage,
} from "../credential-pages";
import { defineOperation, type Operation } from "../operation";

/** Every kind's operations under each of its wire names; a new kind is served without a word here. */
export const credentialOperations: readonly Operation[] = credentialKinds.flatMap((kind) =>
  kind.wires.flatMap((wire) => [
    listing(kind, wire),
    creation(kind, wire),
    ...change(kind, wire),
    deletion(kind, wire),
  ]),
);

function listPath({ collection }: CredentialWire): string {
  return `/users/:userId/${collection}`;
}

function onePath(wire: CredentialWire): string {
  return `${listPath(wire)}/:${wire.parameter}`;
}

function listing(kind: CredentialKind, wire: CredentialWire): Operation {
  const listed = (credentials: readonly CredentialView[]) =>
    credentials.filter((view) => isListed(kind, view));
  const common = {
    tag: kind.description.title,
    operationId: wire.operations.list,
    method: "GET",
    path: listPath(wire),
    reply: { ...(wire.summary ?? wire.model), isList: true },
    useCase: listCredentials,
  } as const;
  if (!wire.isPaged) {
    return defineOperation({
      ...common,
      toInput: ({ params }) => listInput(kind, params),
      present: (credentials) => listed(credentials).map((view) => summary(wire, view)),
    });
  }
  const page = ({ params, query, caller }: ListParts) => ({
    name: `${params("userId")}/${wire.collection}`,
    query,
    caller,
  });
  return defineOperation({
    ...common,
    query: credentialListQuery,
    toInput: (parts) => {
      requireUsablePage(page(parts));
      return listInput(kind, parts.params);
    },
    present: (credentials, parts) =>
      credentialPage(listed(credentials), page(parts)).items.map((view) => summary(wire, view)),
    nextPage: (credentials, parts) => credentialPage(listed(credentials), page(parts)).nextPage,
  });
}

type ListParts = Pick<CredentialList, "query" | "caller"> & { params: (name: string) => string };

function listInput(kind: CredentialKind, params: (name: string) => string) {
  return { ownerId: params("userId"), kind: kind.id };
}

function creation(kind: CredentialKind, wire: CredentialWire): Operation {
  return defineOperation({
    tag: kind.description.title,
    operationId: wire.operations.create,
    method: "POST",
    path: listPath(wire),
    details: recordModel(wire.createDetails),
    reply: wire.model,
    isCreate: true,
    problems: wire.problems ?? {},
    useCase: issueCredential,
    toInput: ({ params, details }) => ({
      ownerId: params("userId"),
      kind: kind.id,
      values: wire.toInput(details),
    }),
    present: ({ credential, secret }) => show(wire, credential, secret),
    etag: ({ credential }) => etagOf(credential.version),
  });
}

function change(kind: CredentialKind, wire: CredentialWire): Operation[] {
  const { updateDetails, toPatch, operations } = wire;
  if (!updateDetails || !toPatch || operations.update === undefined) return [];
  const isRenewal = (details: Record<string, unknown>) => wire.wantsNewSecret?.(details) ?? false;
  return [
    defineOperation<undefined, Record<string, unknown>, Issued>({
      tag: kind.description.title,
      operationId: operations.update,
      method: "PUT",
      path: onePath(wire),
      details: recordModel(updateDetails),
      reply: wire.updated ?? wire.summary ?? wire.model,
      honoursIfMatch: true,
      problems: wire.problems ?? {},
      useCase: updateCredential,
      useCaseFor: ({ details }) => (isRenewal(details) ? rotateCredential : updateCredential),
      toInput: ({ params, details }) => ({
        ...locate(kind, wire, params),
        values: toPatch(details),
        ...(isRenewal(details) ? { overlap: "now" } : {}),
      }),
      present: ({ credential, secret }) => summary(wire, credential, secret),
      etag: ({ credential }) => etagOf(credential.version),
    }),
  ];
}

function deletion(kind: CredentialKind, wire: CredentialWire): Operation {
  return defineOperation({
    tag: kind.description.title,
    operationId: wire.operations.delete,
    method: "DELETE",
    path: onePath(wire),
    honoursIfMatch: true,
    problems: wire.problems ?? {},
    useCase: revokeCredential,
    toInput: ({ params }) => locate(kind, wire, params),
  });
}

function isListed({ description }: CredentialKind, view: CredentialView): boolean {
  return view.state !== "ended" && !view.isUnreadable && !isOldSecret(description, view);
}

/** Public identifiers are stored in lower case; clients write a fingerprint either way. */
function locate(kind: CredentialKind, wire: CredentialWire, params: (name: string) => string) {
  const named = params(wire.parameter);
  const credential = wire.locator === "id" ? { id: named } : { publicId: named.toLowerCase() };
  return { ownerId: params("userId"), kind: kind.id, credential };
}

function show(wire: CredentialWire, view: CredentialView, secret?: string): unknown {
  return wire.present(view, { tenancyId: runtime().tenancy.id, secret });
}

/** As lists and updates show it. */
function summary(wire: CredentialWire, view: CredentialView, secret?: string): unknown {
  return wire.summarise(view, { tenancyId: runtime().tenancy.id, secret });
}

/** Details are JSON objects: a kind's schema of them, with that much known of its type. */
function recordModel({ name, schema }: WireModel) {
  return { name, schema: schema.pipe(z.record(z.string(), z.unknown())) };
}
