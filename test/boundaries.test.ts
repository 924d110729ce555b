import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const CONFIG = join(ROOT, ".dependency-cruiser.cjs");
const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string; comment: string }[] };

interface Cruise {
  modules: unknown[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

function depcruise(cwd: string, output: "json" | "err-long"): Promise<string> {
  const cli = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cli, "--config", CONFIG, "--output-type", output, "src"],
      { cwd, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // A number is the exit code, which counts violations; a text says that it could not run.
        if ((error && typeof error.code !== "number") || stdout === "") reject(new Error(stderr || error?.message));
        else resolve(stdout);
      },
    );
  });
}

/** One file that breaks one rule, and what it imports; `x` is a value that every target exports. */
interface Planted {
  rule: string;
  file: string;
  code: string;
  target?: string;
}

const planted = (rule: string, file: string, target: string, code?: (path: string) => string): Planted => {
  const path = `./${"../".repeat(file.split("/").length - 2)}${target.replace(/^src\//, "")}`;
  return { rule, file, target, code: code?.(path) ?? `import { x } from "${path}";\nexport const y = x;\n` };
};
const ofPackage = (rule: string, file: string, code: string): Planted => ({ rule, file, code });

const PLANTED: Planted[] = [
  planted("ladder-kernel", "src/kernel/planted.ts", "src/access/x.ts"),
  planted("ladder-access", "src/access/planted.ts", "src/disclosure/x.ts"),
  planted("ladder-disclosure", "src/disclosure/planted.ts", "src/audit/x.ts"),
  planted("ladder-audit", "src/audit/planted.ts", "src/delivery/x.ts"),
  planted("ladder-delivery", "src/delivery/planted.ts", "src/operation/x.ts"),
  planted("ladder-operation", "src/operation/planted.ts", "src/contacts/x.ts"),
  planted("ladder-contacts", "src/contacts/planted.ts", "src/cases/x.ts"),
  planted("ladder-cases", "src/cases/planted.ts", "src/statements/x.ts"),
  planted("ladder-statements", "src/statements/planted.ts", "src/forms/x.ts"),
  planted("ladder-forms", "src/forms/planted.ts", "src/referrals/x.ts"),
  planted("ladder-referrals", "src/referrals/planted.ts", "src/plans/x.ts"),
  planted("ladder-plans", "src/plans/planted.ts", "src/pathway/x.ts"),
  planted("ladder-pathway", "src/pathway/rules/planted.ts", "src/rights/x.ts"),
  planted("ladder-rights", "src/rights/planted.ts", "src/sources/x.ts"),
  // The ways around: a type, a type expression, a dynamic import, a re-export, a file of a lower folder.
  planted(
    "ladder-contacts",
    "src/contacts/by-type.ts",
    "src/cases/x.ts",
    (path) => `import type { X } from "${path}";\nexport type Y = X;\n`,
  ),
  planted(
    "ladder-contacts",
    "src/contacts/by-expression.ts",
    "src/cases/x.ts",
    (path) => `export type Y = import("${path}").X;\n`,
  ),
  planted(
    "ladder-contacts",
    "src/contacts/by-await.ts",
    "src/cases/x.ts",
    (path) => `export const y = () => import("${path}");\n`,
  ),
  planted("ladder-contacts", "src/contacts/by-re-export.ts", "src/cases/x.ts", (path) => `export * from "${path}";\n`),
  planted("ladder-cases", "src/cases/by-database.ts", "src/persistence/x.ts"),
  planted("sources-see-ports-only", "src/sources/kela/planted.ts", "src/access/x.ts"),
  planted("sources-see-ports-only", "src/sources/kela/of-service.ts", "src/cases/case.service.ts"),
  planted("sandbox-stands-alone", "src/sandbox/planted.ts", "src/contacts/x.ts"),
  planted("sandbox-takes-types-of-access", "src/sandbox/of-access.ts", "src/access/caller.ts"),
  planted("graphql-sees-resolvers", "src/graphql/planted.ts", "src/cases/case.service.ts"),
  planted("http-calls-services", "src/http/planted.ts", "src/persistence/x.ts"),
  planted("http-calls-services", "src/http/of-rows.ts", "src/cases/case.repository.ts"),
  planted("persistence-sees-entities", "src/persistence/planted.ts", "src/cases/case.repository.ts"),
  planted("config-runs-kernel-only", "src/config.ts", "src/access/x.ts"),
  planted("only-the-top-sees-everything", "src/http/of-hub.ts", "src/hub.ts"),
  planted("nobody-imports-the-cli", "src/http/of-cli.ts", "src/cli/x.ts"),
  ofPackage(
    "pdf-library-in-forms-pdf",
    "src/forms/of-library.ts",
    'import { PDFDocument } from "pdf-lib";\nexport const y = PDFDocument;\n',
  ),
  ofPackage(
    "pdf-library-in-forms-pdf",
    "src/forms/of-type.ts",
    'import type { PDFPage } from "pdf-lib";\nexport type Y = PDFPage;\n',
  ),
  ofPackage(
    "pdf-library-in-forms-pdf",
    "src/forms/of-font.ts",
    'import * as fontkit from "fontkit";\nexport const y = fontkit;\n',
  ),
  planted("rooms-are-known", "src/utils/planted.ts", "src/kernel/x.ts"),
  planted("no-circles", "src/cases/circle-a.ts", "src/cases/circle-b.ts"),
  planted(
    "src-without-tests",
    "src/cli/planted.ts",
    "test/x.ts",
    () => 'import { x } from "../../test/x.ts";\nexport const y = x;\n',
  ),
  ofPackage(
    "src-without-development-packages",
    "src/cli/of-vitest.ts",
    'import { vi } from "vitest";\nexport const y = vi;\n',
  ),
  ofPackage("resolvable", "src/cli/nowhere.ts", 'import { x } from "./not-here.ts";\nexport const y = x;\n'),
];

/** What the house allows, and would be easy to forbid by mistake. */
const ALLOWED: Planted[] = [
  planted("", "src/pathway/rules/allowed.ts", "src/cases/x.ts"),
  planted("", "src/operation/allowed.ts", "src/delivery/x.ts"),
  planted("", "src/sources/rise/allowed.ts", "src/cases/case.source.ts"),
  planted("", "src/sources/rise/by-transport.ts", "src/sources/x.ts"),
  planted(
    "",
    "src/sandbox/allowed.ts",
    "src/access/caller.ts",
    (path) => `import type { X } from "${path}";\nexport type Y = X;\n`,
  ),
  planted("", "src/graphql/allowed.ts", "src/cases/case.resolver.ts"),
  planted("", "src/graphql/of-declared.ts", "src/disclosure/published.ts"),
  planted("", "src/http/allowed.ts", "src/cases/case.service.ts"),
  planted("", "src/persistence/allowed.ts", "src/cases/case.entity.ts"),
  planted("", "src/hub.ts", "src/sources/x.ts"),
  planted("", "src/main.ts", "src/cli/x.ts"),
  planted("", "src/cli/allowed.ts", "src/hub.ts"),
  ofPackage("", "src/forms/pdf/allowed.ts", 'import { PDFDocument } from "pdf-lib";\nexport const y = PDFDocument;\n'),
];

describe("the boundaries of the house", () => {
  it("hold in the real code", { timeout: 60_000 }, async () => {
    const cruise = JSON.parse(await depcruise(ROOT, "json")) as Cruise;
    // A check that reads nothing passes.
    expect(cruise.modules.length).toBeGreaterThan(50);
    const found = cruise.summary.violations.map(({ rule, from, to }) => {
      const cure = forbidden.find(({ name }) => name === rule.name)?.comment;
      return `${rule.name}: ${from} -> ${to}. ${cure ?? ""}`;
    });
    expect(found).toEqual([]);
  });

  describe("when they are broken", () => {
    let folder: string;
    let cruise: Cruise;
    let report: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "nivel-boundaries-"));
      const write = async (file: string, code: string) => {
        await mkdir(join(folder, dirname(file)), { recursive: true });
        await writeFile(join(folder, file), code);
      };
      await write("tsconfig.json", '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }');
      await write(
        "package.json",
        JSON.stringify({ dependencies: { "pdf-lib": "*", fontkit: "*" }, devDependencies: { vitest: "*" } }),
      );
      await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
      const cases = [...PLANTED, ...ALLOWED];
      for (const { target } of cases) if (target) await write(target, "export const x = 1;\nexport type X = number;\n");
      for (const { file, code } of cases) await write(file, code);
      await write("src/cases/circle-b.ts", 'import { y } from "./circle-a.ts";\nexport const x = y;\n');
      cruise = JSON.parse(await depcruise(folder, "json")) as Cruise;
      report = (await depcruise(folder, "err-long")).replace(/\s+/g, " ");
    }, 60_000);
    afterAll(() => rm(folder, { recursive: true }));

    const caught = (file: string) =>
      cruise.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

    it.each(PLANTED)("$rule catches $file", ({ rule, file }) => {
      expect(caught(file)).toContain(rule);
    });

    it("each is caught by its own rule, not by another one by accident", () => {
      expect(new Set(PLANTED.map(({ file }) => file)).size).toBe(PLANTED.length);
      for (const { rule, file } of PLANTED) expect(caught(file).filter((name) => name !== rule)).toEqual([]);
    });

    it.each(ALLOWED)("$file is free to do what it does", ({ file }) => {
      expect(caught(file)).toEqual([]);
    });

    it.each(forbidden)("$name has its planted violation, and its message names the cure", ({ name, comment }) => {
      expect(PLANTED.map(({ rule }) => rule)).toContain(name);
      expect(report.includes(comment.replace(/\s+/g, " "))).toBe(true);
      expect(comment).toMatch(/\b(Move|Let|Write|Call|Take|Put|Add|Answer|Correct|declare)\b/);
    });
  });
});
