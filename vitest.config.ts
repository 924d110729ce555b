import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

// A named constant, since the configuration is the one place where a tool demands a default export.
const config = defineConfig({
  resolve: {
    // Without this, vitest loads graphql twice (ESM and CJS): "Cannot use GraphQLSchema from another module or realm".
    alias: [{ find: /^graphql$/, replacement: require.resolve("graphql") }],
  },
  oxc: { decorator: { legacy: true } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**", "node_modules/**"],
    setupFiles: ["test/support/setup.ts"],
    // Torn down in reverse: what the logs hold is judged last, after everything is cleaned up.
    globalSetup: ["test/support/log-secrets.ts", "test/support/drop-schemas.ts"],
    pool: "forks",
    maxWorkers: 2,
    // One embedded database per worker instead of one per file: half the time of the suite.
    isolate: false,
    // The embedded database needs 2-4 s for its first start, more while two start together on a busy machine.
    hookTimeout: 180_000,
    testTimeout: 60_000,
    teardownTimeout: 10_000,
  },
});

export default config;
