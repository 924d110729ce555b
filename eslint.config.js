import graphql from "@graphql-eslint/eslint-plugin";
import { existsSync } from "node:fs";
import tseslint from "typescript-eslint";

const SCHEMA = "schema/hub.graphql";
const OPERATIONS = "schema/operations/*.graphql";

const ENUM = {
  selector: "TSEnumDeclaration",
  message: "Use a const array or object and a union type; publish it with enumType (operation/enums.ts).",
};
const DEFAULT_EXPORT = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name: a thing is called the same wherever it is used.",
};
const CLOCK = "Take the time from a Clock that is passed in (kernel/clock.ts), so that a test decides what day it is.";
const OWN_TIME = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: CLOCK },
  {
    selector: "CallExpression[callee.object.object.name='Temporal'][callee.object.property.name='Now']",
    message: CLOCK,
  },
];
const OWN_CHANCE = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Use node:crypto for ids and secrets, and a seeded generator for synthetic data.",
  },
];
const ENVIRONMENT = [
  {
    object: "process",
    property: "env",
    message: "Only src/config.ts reads the environment; take the value from Config.",
  },
];

export default tseslint.config(
  { ignores: ["node_modules", ".nivel", "out", "coverage", "src/cli/operations.generated.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["src/**/*.ts", "test/**/*.ts", "vitest.config.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-restricted-syntax": ["error", ENUM, DEFAULT_EXPORT],

      // Numbers read well in a template; objects, which do not, stay forbidden.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Operations, resolvers and ports are async by signature, also where one of them has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // type-graphql's published types are classes that hold decorated fields only.
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true, allowEmpty: false }],
      // `() => app.close()` as a hook and `() => void` callbacks are how node and vitest are written.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Field names and record keys from a closed list are proven by the type; `!` says so where indexing cannot.
      "@typescript-eslint/no-non-null-assertion": "off",
      // A branded id is given its type where it enters: `newId<CaseId>()`.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Published types and the ORM are structural: simpleResolvers serve plain objects, and PGlite's ORM is PostgreSQL's.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Ports and operations are objects of functions that never read `this`, written as methods.
      "@typescript-eslint/unbound-method": "off",
      // Same reason for spreading a published type; and a string's code points are what a font draws.
      "@typescript-eslint/no-misused-spread": "off",
      // Under `satisfies` it calls assertions unnecessary that decide the inferred type, and its fix changes it.
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ENUM, DEFAULT_EXPORT, ...OWN_TIME, ...OWN_CHANCE],
      "no-restricted-properties": ["error", ...ENVIRONMENT],
      "no-console": "error",
    },
  },
  {
    // The one place where "now" is made.
    files: ["src/kernel/clock.ts"],
    rules: { "no-restricted-syntax": ["error", ENUM, DEFAULT_EXPORT, ...OWN_CHANCE] },
  },
  { files: ["src/config.ts"], rules: { "no-restricted-properties": "off" } },
  {
    // Whoever speaks to the operator may print.
    files: ["src/cli/**/*.ts", "src/main.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Answers of the hub and of vitest's asymmetric matchers are `any`; the assertion that follows is their check.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    // Each tool demands its default export from its configuration.
    files: ["*.config.ts", "*.config.js"],
    rules: { "no-restricted-syntax": ["error", ENUM] },
  },
  // Before the schema is first emitted there is nothing to check operations against.
  ...(existsSync(SCHEMA)
    ? [
        {
          files: [OPERATIONS],
          plugins: { "@graphql-eslint": graphql },
          languageOptions: {
            parser: graphql.parser,
            parserOptions: { graphQLConfig: { schema: SCHEMA, documents: OPERATIONS } },
          },
          rules: {
            ...graphql.configs["flat/operations-recommended"].rules,
            // Not every published type has an id, and a caller should fetch no more than it needs.
            "@graphql-eslint/require-selections": "off",
          },
        },
      ]
    : []),
);
