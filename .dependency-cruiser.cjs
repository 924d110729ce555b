// The ladder of the house, checked by a machine. Each rule's comment names the cure; test/boundaries.test.ts plants
// one violation for each rule here and refuses a rule without one.

/** Each room may import itself and those before it. */
const LADDER = [
  "kernel",
  // the guarantees
  "access",
  "disclosure",
  "audit",
  "delivery",
  "operation",
  // the capabilities
  "contacts",
  "cases",
  "statements",
  "forms",
  "referrals",
  "plans",
  "pathway",
  "rights",
];
const OUTSIDE = ["sources", "sandbox", "graphql", "http", "persistence"];
const TOP = ["cli/", "hub\\.ts$", "main\\.ts$", "config\\.ts$"];

const inSrcBut = (...allowed) => `^src/(?!${allowed.join("|")})`;

const ladder = LADDER.map((room, step) => ({
  name: `ladder-${room}`,
  comment:
    room === "kernel"
      ? "The kernel imports nothing of ours. Move what needs more into the room that needs it."
      : `${room} may import only ${LADDER.slice(0, step).join(", ")}. Let the later room call it, pass the thing in as a ` +
        "parameter, or declare a port here that src/hub.ts connects.",
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: inSrcBut(...LADDER.slice(0, step + 1).map((allowed) => `${allowed}/`)) },
}));

module.exports = {
  forbidden: [
    ...ladder,
    {
      name: "sources-see-ports-only",
      comment:
        "A source knows the kernel, and of cases and contacts the domain types and the port. Answer in the types of " +
        "<noun>.ts through <noun>.source.ts; what else it needs comes as a parameter from src/hub.ts.",
      severity: "error",
      from: { path: "^src/sources/" },
      to: { path: inSrcBut("sources/", "kernel/", "(cases/case|contacts/contact)(\\.source)?\\.ts$") },
    },
    {
      name: "sandbox-stands-alone",
      comment:
        "The sandbox plays other organisations: it knows the kernel only, so that it cannot share a mistake with the " +
        "hub. Write the other side's shape anew in src/sandbox.",
      severity: "error",
      from: { path: "^src/sandbox/" },
      to: { path: inSrcBut("sandbox/", "kernel/", "access/(caller|role)\\.ts$") },
    },
    {
      name: "sandbox-takes-types-of-access",
      comment: "Of access the sandbox takes the roles' types alone. Write `import type`.",
      severity: "error",
      from: { path: "^src/sandbox/" },
      to: { path: "^src/access/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "graphql-sees-resolvers",
      comment:
        "The GraphQL edge sees *.resolver.ts, *.graphql.ts, access, operation, kernel and what a type declares of its " +
        "disclosure (disclosure/published.ts). Call the service from a " +
        "resolver of its capability, where authorisation, audit and disclosure happen.",
      severity: "error",
      from: { path: "^src/graphql/" },
      to: {
        path: inSrcBut(
          "graphql/",
          "kernel/",
          "access/",
          "operation/",
          "disclosure/(published|plan)\\.ts$",
          "[^/]+/[^/]+\\.(resolver|graphql)\\.ts$",
        ),
      },
    },
    {
      name: "http-calls-services",
      comment:
        "HTTP routes call the services of capabilities, which authorise and audit. Take sources and the database in by " +
        "src/hub.ts, never by import.",
      severity: "error",
      from: { path: "^src/http/" },
      to: { path: "^src/(sources|sandbox|persistence)/|^src/[^/]+/.+\\.(repository|entity)\\.ts$" },
    },
    {
      name: "persistence-sees-entities",
      comment:
        "Persistence knows rows: *.entity.ts and the kernel. Put queries into the capability's *.repository.ts, and " +
        "take settings as a parameter.",
      severity: "error",
      from: { path: "^src/persistence/" },
      to: { path: inSrcBut("persistence/", "kernel/", ".+\\.entity\\.ts$") },
    },
    {
      name: "config-runs-kernel-only",
      comment:
        "src/config.ts describes what others need in their own types and runs no code of theirs. Write `import type`, " +
        "or move the value to the kernel.",
      severity: "error",
      from: { path: "^src/config\\.ts$" },
      to: { path: inSrcBut("kernel/"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-the-top-sees-everything",
      comment:
        "Only src/main.ts and src/cli start the hub, and only src/hub.ts, src/main.ts and src/cli read its Config. Take " +
        "what you need as a parameter; src/hub.ts passes it in.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli/|hub\\.ts$|main\\.ts$)" },
      to: { path: "^src/(hub|main|config)\\.ts$" },
    },
    {
      name: "nobody-imports-the-cli",
      comment: "The command line is for people. Move what is shared into the room that it belongs to.",
      severity: "error",
      // src/main.ts is one of its commands under the name of npm start.
      from: { path: "^src/", pathNot: "^src/(cli/|main\\.ts$)" },
      to: { path: "^src/cli/" },
    },
    {
      name: "pdf-library-in-forms-pdf",
      comment: "Only src/forms/pdf knows a PDF library. Add what you need to that room and call it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/forms/pdf/" },
      to: { path: "node_modules/(pdf-lib|@cantoo/pdf-lib|fontkit)/" },
    },
    {
      name: "rooms-are-known",
      comment:
        "This room is not in the house. Put the file into one of the rooms of the README's map, or name the new room " +
        "here and there.",
      severity: "error",
      from: { path: inSrcBut(...LADDER.map((room) => `${room}/`), ...OUTSIDE.map((room) => `${room}/`), ...TOP) },
      to: { path: "." },
    },
    {
      name: "no-circles",
      comment:
        "These files import each other in a circle. Move what they share into a file that both import, or below on the " +
        "ladder.",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true },
    },
    {
      name: "src-without-tests",
      comment: "Code of the hub imports nothing of the tests. Move what is shared into src.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
    {
      name: "src-without-development-packages",
      comment: "This package is not installed in production. Move it to `dependencies` of package.json.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolvable",
      comment:
        "This import leads nowhere. Correct its path (with the ending .ts), or name the package in package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Without it, type imports are invisible, and most ways around the ladder with them.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^node_modules/.*node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
