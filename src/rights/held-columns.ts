import { FACT_PATHS } from "../cases/case.ts";
import type { FieldRule } from "../disclosure/disclose.ts";
import type { PlannedField } from "../disclosure/plan.ts";
import { ruleOfPath } from "./category-of-path.ts";
import { type ColumnRule, HOLDINGS } from "./holding.ts";

/** What of a recorded fact is judged by its own path may be of any of these kinds. */
const rulesOfFacts = (): FieldRule[] => {
  const byKind = new Map<string, FieldRule>();
  for (const rule of FACT_PATHS.map(ruleOfPath)) if (rule) byKind.set(JSON.stringify(rule), rule);
  return [...byKind.values()];
};
const rulesOf = (rule: ColumnRule): FieldRule[] => (rule === "BY_PATH" ? rulesOfFacts() : [rule]);

/** Every column that the controller's export may hold, as its reading goes on record. */
export const heldColumns = (): PlannedField[] =>
  Object.entries(HOLDINGS).flatMap(([table, { columns }]) =>
    Object.entries(columns).flatMap(([field, rule]) =>
      rulesOf(rule).map((one): PlannedField => {
        const path = `${table}.${field}`;
        return { ...one, type: table, field, path, holders: ["OWN"], enteredBy: [], derivedFrom: [] };
      }),
    ),
  );
