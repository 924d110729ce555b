import { type CaseFacts, type Fact, type SettledFact, factDefinition, FACT_PATHS } from "../../src/cases/case.ts";
import type { FormLanguage } from "../../src/forms/form-definition.ts";
import type { FormInput, KnownFacts } from "../../src/forms/form-model.ts";
import type { LocalDate } from "../../src/kernel/dates.ts";
import type { Statement } from "../../src/statements/statement.ts";

export const AT = new Date("2026-03-01T10:00:00Z");

/** A fact of an example: its value, null for "there is none", or a status. */
export type ExampleFact = unknown;

export interface Example {
  language: FormLanguage;
  today: LocalDate;
  receiver: FormInput["receiver"];
  sender: FormInput["sender"];
  facts: Record<string, ExampleFact>;
  statement: (Omit<Statement, "writtenAt" | "signedAt"> & { writtenAt: string; signedAt: string | null }) | null;
  overrides: Record<string, string>;
  /** What comes out. */
  values: Record<string, string>;
}

export function inputOf(example: Omit<Example, "values" | "language" | "overrides">): FormInput {
  const { statement } = example;
  return {
    facts: factsOf(example.facts),
    statement: statement && {
      ...statement,
      writtenAt: new Date(statement.writtenAt),
      signedAt: statement.signedAt === null ? null : new Date(statement.signedAt),
    },
    receiver: example.receiver,
    sender: example.sender,
    today: example.today,
  };
}

/** Settled facts by path; a path that is not given is absent, as for a caller to whom it is not disclosed. */
export function factsOf(given: Record<string, ExampleFact>): KnownFacts {
  const facts: Record<string, Record<string, SettledFact<unknown>>> = {};
  for (const [path, value] of Object.entries(given)) {
    if (!FACT_PATHS.some((known) => known === path)) throw new Error(`no such fact: ${path}`);
    const [group, field] = path.split(".") as [string, string];
    (facts[group] ??= {})[field] = settledOf(value, factDefinition(path as (typeof FACT_PATHS)[number]).holders[0]);
  }
  return facts as Partial<CaseFacts>;
}

function settledOf(value: ExampleFact, holder: Fact<unknown>["holder"] = "RISE"): SettledFact<unknown> {
  const said = (word: unknown): Fact<unknown> => ({ holder, origin: "SYSTEM", asOf: AT, retrievedAt: AT, value: word });
  if (isStatus(value)) return { status: value.status, value: null, facts: (value.said ?? []).map(said) };
  return { status: value === null ? "NONE" : "KNOWN", value, facts: [said(value)] };
}

function isStatus(value: unknown): value is { status: SettledFact<unknown>["status"]; said?: unknown[] } {
  return typeof value === "object" && value !== null && "status" in value;
}

export const municipalityName = (code: string, language: FormLanguage): string | undefined =>
  code === "091" ? (language === "fi" ? "Helsinki" : "Helsingfors") : code === "179" ? "Jyväskylä" : undefined;

export const SENDER = { fi: "Jyväskylän vankila", sv: "Jyväskylä fängelse" };
export const RECEIVER = { fi: "Keski-Suomen hyvinvointialue", sv: "Mellersta Finlands välfärdsområde" };

/** An input in which nothing is known but what is given. */
export function input(facts: Record<string, ExampleFact> = {}, rest: Partial<FormInput> = {}): FormInput {
  return {
    ...inputOf({ today: "2026-03-01" as LocalDate, receiver: RECEIVER, sender: SENDER, facts, statement: null }),
    ...rest,
  };
}

export function statement(changes: Partial<Statement> = {}): Statement {
  return {
    id: "s" as Statement["id"],
    caseId: "c" as Statement["caseId"],
    version: 1,
    language: "fi",
    author: {
      workerId: "w" as Statement["author"]["workerId"],
      name: "Maija Virtanen",
      title: "erityisohjaaja",
      phone: "+358295681234",
      email: "maija.virtanen@turvaposti.example",
    },
    content: {
      need: "Asiakas tarvitsee vaatteita ja huonekaluja.",
      arrangedByPrison: "Vankila järjestää kuljetuksen.",
      housingOnRelease: "Ei asuntoa.",
      linkToSentencePlan: "Suunnitelman mukainen.",
      preparedTogether: true,
    },
    agreement: { hasRead: true, agreesToAttach: true },
    writtenAt: AT,
    signedAt: AT,
    signedHash: "ab".repeat(32),
    ...changes,
  };
}
