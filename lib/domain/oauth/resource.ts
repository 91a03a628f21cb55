import { z } from "zod";

import { plainText } from "../text";
import { audience, scopeName } from "./scopes";

const maxScopesOfResource = 50;

/** What an administrator registers of a service that accepts tokens from here. */
export const resourceFields = {
  name: plainText({ least: 1, most: 100 }),
  audience,
  scopes: z
    .array(z.string())
    .min(1, "Enter at least one scope.")
    .max(maxScopesOfResource, `A resource has at most ${maxScopesOfResource} scopes.`)
    .superRefine((scopes, context) => {
      for (const [index, scope] of scopes.entries()) {
        const problem = scopeName.safeParse(scope).error?.issues[0];
        if (problem)
          context.addIssue({
            code: "custom",
            path: [index],
            message: `${quoted(scope)} is no scope. ${problem.message}`,
          });
      }
    })
    .transform((scopes) => [...new Set(scopes)]),
};

/** Of fifty lines the wrong one is named; no more of it than tells it from the others. */
const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly version: number;
}

/** Which group has a scope of a resource. */
export interface ScopeGrant {
  readonly resourceId: string;
  readonly scope: string;
  readonly groupId: string;
  readonly groupName: string;
}

export interface GrantedGroup {
  readonly id: string;
  readonly name: string;
}

/** A registered resource and, scope by scope, the groups that have it. */
export interface ResourceView extends Omit<Resource, "scopes"> {
  readonly scopes: readonly { readonly name: string; readonly groups: readonly GrantedGroup[] }[];
}

export function presentResource(
  { id, name, audience: of, scopes, version }: Resource,
  grants: readonly ScopeGrant[],
): ResourceView {
  return {
    id,
    name,
    audience: of,
    version,
    scopes: scopes.map((scope) => ({
      name: scope,
      groups: grants
        .filter((grant) => grant.resourceId === id && grant.scope === scope)
        .map(({ groupId, groupName }) => ({ id: groupId, name: groupName })),
    })),
  };
}

/** What a first start registers, to be looked at, changed or deleted: the two services that the documentation names. */
export const exampleResources: readonly Pick<Resource, "name" | "audience" | "scopes">[] = [
  {
    name: "Oracle Analytics Cloud",
    audience: "https://my-instance.analytics.ocp.oraclecloud.com",
    scopes: ["urn:opc:resource:consumer::all"],
  },
  {
    name: "Oracle Integration",
    audience: "https://my-instance.integration.ocp.oraclecloud.com:443",
    scopes: ["urn:opc:resource:consumer::all", "/ic/api/"],
  },
];
