import type { CaseOfPersonQuery } from "./operations.generated.ts";

type Case = NonNullable<CaseOfPersonQuery["case"]>;

interface AnyFact {
  status: string;
  value?: unknown;
}

/** A case in few lines: what is known, what is withheld and why, which source failed. */
export function describeCase(found: Case, say: (line: string) => void): void {
  const known: string[] = [];
  for (const [group, fields] of Object.entries(found)) {
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) continue;
    for (const [field, fact] of Object.entries(fields as Record<string, AnyFact>)) {
      if (fact.status !== "WITHHELD") known.push(`${group}.${field}=${shown(fact)}`);
    }
  }
  say(`sees ${known.length} facts: ${known.join(", ")}`);
  const reasons = Map.groupBy(found.withheld, (field) => `${field.holder}: ${field.reason}`);
  for (const [reason, fields] of reasons) say(`withheld (${reason}): ${fields.map((field) => field.path).join(", ")}`);
  for (const issue of found.sourceIssues) say(`source ${issue.source} ${issue.kind}: ${issue.message}`);
}

function shown({ status, value }: AnyFact): string {
  if (status !== "KNOWN") return status;
  return typeof value === "string" ? value : JSON.stringify(value);
}
