import { asRecord } from "../users/present";

export interface Policy {
  readonly id: string;
  readonly tenancyId: string;
  readonly name: string;
  readonly description: string;
  readonly statements: readonly string[];
  readonly versionDate: string | null;
  readonly isProtected: boolean;
  readonly freeformTags: unknown;
  readonly definedTags: unknown;
  readonly version: number;
  readonly createdAt: Date;
}

export type PolicyView = Omit<Policy, "freeformTags" | "definedTags" | "createdAt"> & {
  readonly freeformTags: Record<string, unknown>;
  readonly definedTags: Record<string, unknown>;
  readonly createdAt: string;
};

export function presentPolicy(policy: Policy): PolicyView {
  const { id, tenancyId, name, description, statements, versionDate, isProtected, version } =
    policy;
  return {
    id,
    tenancyId,
    name,
    description,
    statements: [...statements],
    versionDate,
    isProtected,
    version,
    freeformTags: asRecord(policy.freeformTags),
    definedTags: asRecord(policy.definedTags),
    createdAt: policy.createdAt.toISOString(),
  };
}
