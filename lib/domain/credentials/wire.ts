import type { z } from "zod";

import type { ErrorCode } from "../errors";
import type { CredentialView } from "./present";

/** A view whose details have the kind's own type. */
export type TypedView<Details> = Omit<CredentialView, "details"> & { readonly details: Details };

export interface WireContext {
  readonly tenancyId: string;
  /** Only in the answer to the request that made it. */
  readonly secret: string | undefined;
}

export interface WireModel {
  /** Oracle's name of the model, also in the OpenAPI document. */
  readonly name: string;
  readonly schema: z.ZodType;
}

interface WireShape {
  /** Path segment below the user: `authTokens`. */
  readonly collection: string;
  /** Name of the path parameter that locates one, and which member of the view it is. */
  readonly parameter: string;
  readonly locator: "id" | "publicId";
  readonly operations: {
    readonly list: string;
    readonly create: string;
    readonly update?: string;
    readonly delete: string;
  };
  readonly model: WireModel;
  /** What lists and updates answer with, where Oracle has a model of its own for that. */
  readonly summary?: WireModel;
  /** What updates answer with, where that is not the summary. */
  readonly updated?: WireModel;
  readonly createDetails: WireModel;
  readonly updateDetails?: WireModel;
  /** Lists take `page`, `limit`, a sort and filters (identity-api.md 3). */
  readonly isPaged?: true;
  /** Request body to the kind's input. */
  readonly toInput: (body: Record<string, unknown>) => unknown;
  readonly toPatch?: (body: Record<string, unknown>) => unknown;
  /** Whether an update asks for a new secret too; the old one is then refused at once. */
  readonly wantsNewSecret?: (body: Record<string, unknown>) => boolean;
  /** Wire answers that differ from the general table of problems. */
  readonly problems?: Partial<
    Record<ErrorCode, { readonly status: number; readonly code: string }>
  >;
}

/** How the Identity API names and shows a kind (identity-api.md 3 and 4). A kind may have more than one. */
export interface TypedWire<Details> extends WireShape {
  readonly present: (view: TypedView<Details>, context: WireContext) => unknown;
  /** As the summary shows it, where that has members that the model lacks. */
  readonly summarise?: (view: TypedView<Details>) => unknown;
}

export interface CredentialWire extends WireShape {
  readonly present: (view: CredentialView, context: WireContext) => unknown;
  readonly summarise: (view: CredentialView, context: WireContext) => unknown;
}
