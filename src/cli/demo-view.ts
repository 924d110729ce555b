import type { CaseOfPersonQuery } from "./operations.generated.ts";

type Case = NonNullable<CaseOfPersonQuery["case"]>;

interface AnyFact {
  status: string;
  value?: unknown;
}

/** A case in few lines: what is known, group by group, what is withheld and why, which source failed. */
export function describeCase(found: Case, say: (line: string) => void): void {
  for (const [group, fields] of Object.entries(found)) {
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) continue;
    const open = Object.entries(fields as Record<string, AnyFact>).filter(([, fact]) => fact.status !== "WITHHELD");
    if (open.length > 0)
      say(`${group.padEnd(10)} ${open.map(([field, fact]) => `${field}: ${shown(fact)}`).join(" · ")}`);
  }
  const reasons = Map.groupBy(found.withheld, (field) => `${field.holder}, ${field.reason}`);
  for (const [reason, fields] of reasons) {
    say(`withheld   ${fields.map((field) => field.path).join(", ")} (${reason})`);
  }
  for (const issue of found.sourceIssues) say(`source     ${issue.source} ${issue.kind}: ${issue.message}`);
}

function shown({ status, value }: AnyFact): string {
  if (status !== "KNOWN") return status;
  return typeof value === "string" ? value : JSON.stringify(value);
}
