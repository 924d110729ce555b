import type { AppClient } from "../../src/cli/graphql-client.ts";
import {
  RecordConsentDocument,
  type RecordConsentInput,
  WithdrawConsentDocument,
} from "../../src/cli/operations.generated.ts";
import { ask } from "../../src/cli/graphql-client.ts";
import { seededCaseId } from "../../src/cli/seed.ts";
import { FACT_PATHS, type FactPath, type FactStatus, factDefinition } from "../../src/cases/case.ts";
import { DATA_CATEGORIES } from "../../src/disclosure/data-category.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { addMonths, today } from "../../src/kernel/dates.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import type { SyntheticPerson } from "../../src/sandbox/population.ts";
import { sendText } from "./hub.ts";

export interface Word {
  value: unknown;
  holder: string;
  origin: string;
  asOf: string | null;
  retrievedAt: string;
}

export interface FactAnswer {
  status: FactStatus;
  value: unknown;
  facts: Word[];
}

export interface CaseAnswer {
  id: string;
  earliestReleaseOn: string | null;
  sourceIssues: { source: string; kind: string; message: string; retriedAt: string | null }[];
  withheld: { path: string; holder: string; reason: string }[];
  groups: Record<string, Record<string, FactAnswer> | undefined>;
}

const INSIDE: Partial<Record<FactPath, string>> = {
  "placement.responsibleOfficer": "name title phone email",
  "family.dependants": "familyName givenNames birthYear livesWithPerson",
  "social.clientRelationships": "countyCode service since ownWorkerName ownWorkerPhone",
  "health.contacts": "clinic matter continuesAfterRelease",
  "benefits.benefits": "benefit from until monthlyAmount",
  "benefits.basicAssistanceDecision": "decidedOn from until granted",
  "benefits.pendingApplications": "reference kind state receivedOn",
  "matters.held": "reference kind state receivedOn",
};

/** The selection of a case with every word of the given facts. */
export function selectionOf(paths: readonly FactPath[]): string {
  const groups = Map.groupBy(paths, (path) => path.split(".")[0]!);
  const facts = [...groups].map(([group, members]) => {
    const fields = members.map((path) => {
      const inside = INSIDE[path];
      const value = inside ? `value { ${inside} }` : "value";
      return `${path.split(".")[1]!} { status ${value} facts { ${value} holder origin asOf retrievedAt } }`;
    });
    return `${group} { ${fields.join(" ")} }`;
  });
  return `id earliestReleaseOn sourceIssues { source kind message retriedAt } withheld { path holder reason } ${facts.join(" ")}`;
}

/** Reads a case as published, all its facts unless told; null when it does not exist for the caller. */
export async function readCase(
  app: AppClient,
  id: string,
  paths: readonly FactPath[] = FACT_PATHS,
  fault?: string,
): Promise<CaseAnswer | null> {
  const answer = (await sendText(
    app,
    `query Read($id: ID!) { case(id: $id) { ${selectionOf(paths)} } }`,
    { id },
    fault === undefined ? {} : { "nivel-sandbox": fault },
  )) as { data?: { case: Omit<CaseAnswer, "groups"> | null }; errors?: { message: string }[] };
  if (answer.errors || !answer.data) throw new Error(answer.errors?.map((error) => error.message).join("; "));
  if (!answer.data.case) return null;
  const { id: ownId, earliestReleaseOn, sourceIssues, withheld, ...groups } = answer.data.case;
  return { id: ownId, earliestReleaseOn, sourceIssues, withheld, groups: groups as CaseAnswer["groups"] };
}

/** @throws Error when the case does not exist for the caller */
export async function readOwnCase(...args: Parameters<typeof readCase>): Promise<CaseAnswer> {
  const found = await readCase(...args);
  if (!found) throw new Error("the case does not exist for this caller");
  return found;
}

export function factOf(answer: CaseAnswer, path: FactPath): FactAnswer {
  const [group, field] = path.split(".") as [string, string];
  const fact = answer.groups[group]?.[field];
  if (!fact) throw new Error(`${path} was not selected`);
  return fact;
}

/** Every authority whose word stands somewhere in the answer. */
export const holdersIn = (answer: CaseAnswer): string[] => {
  const groups = Object.values(answer.groups).flatMap((group) => Object.values(group ?? {}));
  const words = groups.flatMap((fact) => fact.facts);
  return [...new Set(words.map((word) => word.holder))].sort();
};

/** Every text of the answer but ids and instants, to look for what must not be there. */
export function textsIn(answer: unknown, key = ""): string[] {
  if (typeof answer === "object" && answer !== null) {
    return Object.entries(answer).flatMap(([name, value]) => textsIn(value, name));
  }
  return ["id", "asOf", "retrievedAt", "retriedAt"].includes(key) || answer === null
    ? []
    : [JSON.stringify(answer).replace(/^"|"$/g, "")];
}

export const statusesOf = (answer: CaseAnswer, paths: readonly FactPath[] = FACT_PATHS): Record<string, FactStatus> =>
  Object.fromEntries(paths.map((path) => [path, factOf(answer, path).status]));

export const caseIdOf = (person: Pick<SyntheticPerson, "index">): CaseId => seededCaseId(person.index);

/** Paths that at least one authority's system or a worker may fill, by holder. */
export const pathsHeldBy = (holder: string): FactPath[] =>
  FACT_PATHS.filter((path) => (factDefinition(path).holders as readonly string[]).includes(holder));

export const onDay = today(systemClock);

/** As wide as a consent can be: everybody may tell Rise everything. */
export const widestConsent = (caseId: string): RecordConsentInput => ({
  caseId,
  answer: "GIVEN",
  disclosers: ["RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"],
  receiver: "RISE",
  receiverUnit: null,
  categories: [...DATA_CATEGORIES],
  purposes: ["ENFORCEMENT", "RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
  informedIn: "fi",
  form: "WRITTEN",
  rightToRefuseExplained: true,
  givenOn: onDay,
  validUntil: addMonths(onDay, 6),
});

/** Records a consent, runs, and withdraws it, so that other tests find the person as they were. */
export async function withConsent<T>(
  app: AppClient,
  consent: RecordConsentInput,
  run: (consentId: string) => Promise<T>,
): Promise<T> {
  const { recordConsent } = await ask(app, RecordConsentDocument, { input: consent });
  const { consentId, userErrors } = recordConsent;
  if (consentId == null) throw new Error(userErrors.map((error) => error.message).join("; "));
  try {
    return await run(consentId);
  } finally {
    await ask(app, WithdrawConsentDocument, { consentId });
  }
}
