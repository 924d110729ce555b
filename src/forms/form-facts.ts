import type { FormDefinition } from "./form-definition.ts";
import { factPathsOf, sourceNamesOf } from "./form-definition.ts";

/** What the surroundings of a form are made of. */
const SURROUNDINGS: Readonly<Record<string, readonly string[]>> = {
  receiver: ["person.homeMunicipality", "placement.unit"],
  sender: ["placement.unit"],
};

const OF_AGREEMENT = ["statement.hasRead", "statement.agreesToAttach"];
const OF_THEIR_OWN = ["statement.writtenAt", "statement.signedAt", "statement.signedHash"];

/**
 * Paths, as they go on record, of all that stands in the fields of these forms: facts, and, when a statement is
 * attached, what they say of it.
 */
export function pathsInForms(definitions: readonly FormDefinition[], withStatement: boolean): Set<string> {
  const paths = new Set<string>();
  for (const definition of definitions) {
    for (const path of factPathsOf(definition)) paths.add(path);
    for (const source of sourceNamesOf(definition)) {
      for (const path of SURROUNDINGS[source] ?? []) paths.add(path);
      const said = withStatement ? statementPath(source) : undefined;
      if (said !== undefined) paths.add(said);
    }
  }
  return paths;
}

function statementPath(source: string): string | undefined {
  // That one is attached is the caller's own word.
  if (!source.startsWith("statement.") || source === "statement.present") return undefined;
  if (source.startsWith("statement.author.")) return "statement.author";
  if (OF_AGREEMENT.includes(source)) return "statement.agreement";
  return OF_THEIR_OWN.includes(source) ? source : "statement.content";
}
