import "server-only";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import { kindById } from "@/lib/domain/credentials/registry";
import { notFound } from "@/lib/domain/errors";

export function kindNamed(id: string): CredentialKind {
  const kind = kindById(id);
  if (!kind) throw notFound();
  return kind;
}
