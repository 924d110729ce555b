import { readFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PURPOSES } from "../../src/access/purpose.ts";
import { CALLER_ROLES } from "../../src/access/role.ts";
import { DATA_CATEGORIES } from "../../src/disclosure/data-category.ts";
import { LEGAL_BASES, LEGAL_BASIS_CODES } from "../../src/disclosure/legal-basis.ts";
import { LANGUAGES, type LocalizedText } from "../../src/kernel/text.ts";
import { ACCESS_LIMITS } from "../../src/rights/access-limits.ts";
import { OPERATION_TEXTS } from "../../src/rights/operation-text.ts";
import { CATEGORY_TEXTS, PURPOSE_TEXTS, ROLE_TEXTS } from "../../src/rights/trace-text.ts";

const isComplete = (text: LocalizedText | undefined) =>
  text !== undefined && LANGUAGES.every((language) => text[language].trim() !== "");

/** The names of all operations that touch a person, as the services define them. */
async function operationNames(): Promise<string[]> {
  const names = new Set<string>();
  for (const file of globSync("src/**/*.service.ts")) {
    const source = await readFile(file, "utf8");
    for (const [, name, last] of source.matchAll(
      /\bname: "(\w+)",\s*permission: "\w+",\s*(touchesPerson: \w+|tellsPlace)/g,
    )) {
      if (last !== "touchesPerson: false") names.add(name!);
    }
  }
  return [...names].sort();
}

describe("the words of the log", () => {
  it("exist in three languages for every operation that touches a person", async () => {
    const names = await operationNames();
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !isComplete(OPERATION_TEXTS[name]?.did))).toEqual([]);
  });

  it("exist in three languages for every role, purpose, category and legal basis", () => {
    expect([...CALLER_ROLES, "HUB" as const].filter((role) => !isComplete(ROLE_TEXTS[role]))).toEqual([]);
    expect(PURPOSES.filter((purpose) => !isComplete(PURPOSE_TEXTS[purpose]))).toEqual([]);
    expect(DATA_CATEGORIES.filter((category) => !isComplete(CATEGORY_TEXTS[category]))).toEqual([]);
    expect(LEGAL_BASIS_CODES.filter((code) => !isComplete(LEGAL_BASES[code].text))).toEqual([]);
  });

  it("D8: every limit says which register, what is left out, which law and whose decision, and names bases that exist", () => {
    for (const { register, leftOut, decision, citation, covers } of ACCESS_LIMITS) {
      expect([register, leftOut, decision].every(isComplete)).toBe(true);
      expect(citation).toMatch(/\d+\/\d{4} \d+/);
      expect((covers.bases ?? []).filter((basis) => !(LEGAL_BASIS_CODES as string[]).includes(basis))).toEqual([]);
    }
  });
});
