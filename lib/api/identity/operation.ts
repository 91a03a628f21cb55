import type { z } from "zod";

import type { Caller } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import type { WireModel } from "@/lib/domain/credentials/wire";
import type { CallOptions, Mutation, Query } from "@/lib/services/use-case";

import type { WireNames } from "./problem";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What an operation is made from, already authenticated and parsed. */
interface Parts<QueryOf, Details> {
  readonly caller: Caller;
  /** Path parameters, decoded. */
  readonly params: (name: string) => string;
  readonly query: QueryOf;
  readonly details: Details;
}

interface TypedModel<T> extends WireModel {
  readonly schema: z.ZodType<T>;
}

interface OperationDefinition<QueryOf, Details, Output> {
  readonly operationId: string;
  readonly method: Method;
  /** Below `/20160918`, parameters as `:name`. */
  readonly path: string;
  readonly tag: string;
  readonly query?: z.ZodObject & z.ZodType<QueryOf>;
  readonly details?: TypedModel<Details>;
  /** Absent: 204 without body. */
  readonly reply?: WireModel & { readonly isList?: boolean };
  readonly useCase: Query<Output> | Mutation<Output>;
  /** Which use case serves a request, where a member of its body decides. */
  readonly useCaseFor?: (parts: Parts<QueryOf, Details>) => Mutation<Output>;
  readonly toInput: (parts: Parts<QueryOf, Details>) => unknown;
  readonly present?: (output: Output, parts: Parts<QueryOf, Details>) => unknown;
  readonly etag?: (output: Output) => string;
  readonly nextPage?: (output: Output, parts: Parts<QueryOf, Details>) => string | null;
  /** Honours `opc-retry-token`. */
  readonly isCreate?: boolean;
  readonly honoursIfMatch?: boolean;
  readonly problems?: WireNames;
}

/** What the endpoint hands over, unparsed. */
export interface RawParts {
  readonly caller: Caller;
  readonly params: (name: string) => string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Outcome {
  /** Undefined: no body. */
  readonly body: unknown;
  readonly etag?: string;
  readonly nextPage?: string | null;
}

/** One operation of the Identity API, closed over its types; the router, the endpoint and OpenAPI read it. */
export interface Operation {
  readonly operationId: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  /** The name of the use case: a row of the authorisation matrix. */
  readonly useCase: string;
  readonly query: z.ZodObject | undefined;
  readonly details: WireModel | undefined;
  readonly reply: (WireModel & { readonly isList?: boolean }) | undefined;
  readonly hasEtag: boolean;
  readonly isPaged: boolean;
  readonly isCreate: boolean;
  readonly honoursIfMatch: boolean;
  readonly problems: WireNames;
  /** Parses, and answers what is left to do; `input` is what makes two requests the same. Throws `AppError`. */
  prepare(raw: RawParts): {
    readonly input: unknown;
    readonly run: (options: CallOptions) => Promise<Outcome>;
  };
}

export function defineOperation<QueryOf = undefined, Details = undefined, Output = unknown>(
  definition: OperationDefinition<QueryOf, Details, Output>,
): Operation {
  const { operationId, method, path, tag, query, details, reply, useCase } = definition;
  return {
    operationId,
    method,
    path,
    tag,
    useCase: useCase.useCase,
    query,
    details,
    reply,
    hasEtag: definition.etag !== undefined,
    isPaged: definition.nextPage !== undefined,
    isCreate: definition.isCreate ?? false,
    honoursIfMatch: definition.honoursIfMatch ?? false,
    problems: definition.problems ?? {},
    prepare: (raw) => {
      const parts = partsOf(definition, raw);
      const input = definition.toInput(parts);
      return {
        input,
        run: (options) =>
          (definition.useCaseFor?.(parts) ?? useCase)(raw.caller, input, options).then((output) =>
            outcomeOf(definition, parts, output),
          ),
      };
    },
  };
}

function partsOf<QueryOf, Details>(
  { query, details }: Pick<OperationDefinition<QueryOf, Details, never>, "query" | "details">,
  { caller, params, ...raw }: RawParts,
): Parts<QueryOf, Details> {
  return {
    caller,
    params,
    query: parsed(query, raw.query),
    details: parsed(details?.schema, raw.body),
  };
}

/** Where an operation declares no schema, the type parameter has kept its default, which is undefined. */
function parsed<T>(schema: z.ZodType<T> | undefined, raw: unknown): T {
  return schema ? parseInput(schema, raw) : (undefined as T);
}

function outcomeOf<QueryOf, Details, Output>(
  { reply, present, etag, nextPage }: OperationDefinition<QueryOf, Details, Output>,
  parts: Parts<QueryOf, Details>,
  output: Output,
): Outcome {
  return {
    body: reply && present ? present(output, parts) : undefined,
    ...(etag ? { etag: etag(output) } : {}),
    ...(nextPage ? { nextPage: nextPage(output, parts) } : {}),
  };
}
