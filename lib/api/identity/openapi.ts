import { z } from "zod";

import type { WireModel } from "@/lib/domain/credentials/wire";

import type { Operation } from "./operation";
import { identityOperations } from "./operations/all";
import { allWireNames, methodNotAllowed, noSuchOperation } from "./problem";

type Json = Record<string, unknown>;

/** The Identity API as an OpenAPI 3.1 document, made from the operations that are served. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Latchkey Identity API",
      version: "20160918",
      description:
        "People, groups and credentials of one tenancy, in the shape of the OCI Identity API.",
    },
    servers: [{ url: "/20160918" }],
    security: [{ signature: [] }],
    tags: [...new Set(identityOperations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      schemas: { ...models(), Error: errorModel },
      securitySchemes: { signature },
    },
  };
}

const signature = {
  type: "http",
  scheme: "Signature",
  description:
    'RSA-SHA256 over the named parts of the request (draft-cavage-http-signatures-08): `Authorization: Signature version="1",keyId="<tenancy OCID>/<user OCID>/<fingerprint>",algorithm="rsa-sha256",headers="date (request-target) host",signature="<base64>"`. POST and PUT also sign content-length, content-type and x-content-sha256. The date may be five minutes off.',
};

const errorCodes = [
  "CannotParseRequest",
  noSuchOperation.code,
  methodNotAllowed.code,
  "InternalServerError",
  ...Object.values(allWireNames).map(({ code }) => code),
  ...identityOperations.flatMap(({ problems }) => Object.values(problems).map(({ code }) => code)),
];

const errorModel = {
  type: "object",
  properties: {
    code: { type: "string", enum: [...new Set(errorCodes)].toSorted() },
    message: { type: "string" },
  },
  required: ["code", "message"],
  additionalProperties: false,
};

function paths(): Json {
  const addresses = [...new Set(identityOperations.map(({ path }) => path))];
  return Object.fromEntries(
    addresses.map((address) => [
      address.replaceAll(/:(\w+)/g, "{$1}"),
      Object.fromEntries(
        identityOperations
          .filter(({ path }) => path === address)
          .map((operation) => [operation.method.toLowerCase(), describe(operation)]),
      ),
    ]),
  );
}

function describe(operation: Operation): Json {
  const { operationId, tag, details } = operation;
  return {
    operationId,
    tags: [tag],
    parameters: parametersOf(operation),
    ...(details
      ? { requestBody: { required: true, content: jsonOf(referenceTo(details.name)) } }
      : {}),
    responses: {
      ...successOf(operation),
      default: {
        description: "A problem, said by code and message.",
        headers: { "opc-request-id": header },
        content: jsonOf(referenceTo("Error")),
      },
    },
  };
}

function parametersOf({ path, query, isCreate, honoursIfMatch }: Operation): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const { properties = {}, required = [] } = query ? schemaOf(query) : {};
  const inQuery = Object.entries(Object(properties)).map(([name, schema]) => ({
    name,
    in: "query",
    required: Array.isArray(required) && required.includes(name),
    schema,
  }));
  const headers = [
    "opc-request-id",
    ...(isCreate ? ["opc-retry-token"] : []),
    ...(honoursIfMatch ? ["if-match"] : []),
  ];
  const inHeader = headers.map((name) => ({ name, in: "header", schema: { type: "string" } }));
  return [...inPath, ...inQuery, ...inHeader];
}

const header = { schema: { type: "string" } };

function successOf({ reply, hasEtag, isPaged }: Operation): Json {
  const headers = {
    "opc-request-id": header,
    ...(hasEtag ? { etag: header } : {}),
    ...(isPaged ? { "opc-next-page": header } : {}),
  };
  if (!reply) return { 204: { description: "Done.", headers } };
  const one = referenceTo(reply.name);
  const content = jsonOf(reply.isList ? { type: "array", items: one } : one);
  return { 200: { description: reply.name, headers, content } };
}

const referenceTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (schema: Json) => ({ "application/json": { schema } });

function models(): Json {
  const named = identityOperations.flatMap(({ details, reply }) =>
    [details, reply].filter((model): model is WireModel => model !== undefined),
  );
  return Object.fromEntries(named.map(({ name, schema }) => [name, schemaOf(schema)]));
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _version, ...made } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "inline",
    override: ({ jsonSchema }) => {
      // zod's pattern for an instant has 400 characters and says no more than its format.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return made;
}
