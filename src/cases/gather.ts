import type { Caller } from "../access/caller.ts";
import { type DisclosureRecord, type Disclosed, asDisclosed, judgeField } from "../disclosure/disclose.ts";
import type { Decision, Verdict } from "../disclosure/policy.ts";
import type { Authority } from "../kernel/authority.ts";
import { parseHetu } from "../kernel/hetu.ts";
import {
  type CaseFacts,
  FACT_GROUPS,
  type Fact,
  type FactGroup,
  type FactPath,
  type SettledFact,
  expectedHolders,
  factDefinition,
  settle,
} from "./case.ts";
import { caseDisclosure } from "./case.disclosure.ts";
import type { CaseRow } from "./case.repository.ts";
import type { CaseSource, HolderAnswer, SourceIssue } from "./case.source.ts";
import { type SourceScope, askOnce } from "./source-scope.ts";
import type { FieldRule } from "../disclosure/disclose.ts";

const ruleOf = (path: FactPath): FieldRule => {
  const [group, field] = path.split(".") as [FactGroup, string];
  return (caseDisclosure[group] as Record<string, FieldRule>)[field]!;
};

/** Who may hold a fact: by the catalogue, and whoever else entered a word on it. */
const holdersOf = (path: FactPath, words: readonly Fact<unknown>[]): Authority[] => [
  ...new Set([...expectedHolders(path), ...words.map((fact) => fact.holder)]),
];

const groupOf = (path: FactPath): FactGroup => path.split(".")[0] as FactGroup;

/** Everything the permitted holders said about one person. Not yet disclosed. */
export interface Gathered {
  words: Map<FactPath, Fact<unknown>[]>;
  failed: ReadonlySet<Authority>;
  issues: SourceIssue[];
  /** What each authority's own system answered, whole; the case's phase and remits follow it. */
  answers: ReadonlyMap<Authority, HolderAnswer>;
}

/**
 * Asks, in parallel, only the sources from which the caller may get something of what was selected. A fault of one
 * costs its own facts only.
 */
export async function gather(
  sources: readonly CaseSource[],
  row: CaseRow,
  caller: Caller,
  decision: Decision,
  selection: ReadonlySet<FactPath>,
  scope: SourceScope,
): Promise<Gathered> {
  const gathered = {
    words: new Map<FactPath, Fact<unknown>[]>(),
    failed: new Set<Authority>(),
    issues: [] as SourceIssue[],
    answers: new Map<Authority, HolderAnswer>(),
  };
  const { hetu } = row;
  if (hetu === null) return gathered;
  const selected = questionsOf(selection, caller, decision);
  // Each field of the document that needs a holder asks it the same, so that one request answers all of them.
  const wanted = questionsOf(new Set([...selection, ...scope.documentPaths]), caller, decision);
  const own = selection.size > 0 ? askOwnSystem(wanted, caller) : undefined;
  await Promise.all(
    [...wanted].map(async ([key, { holder, register, groups }]) => {
      const isSelected = selected.has(key);
      if (!isSelected && key !== own) return;
      const source = sources.find((candidate) => candidate.authority === holder);
      if (!source) {
        if (!isSelected) return;
        gathered.failed.add(holder);
        gathered.issues.push({
          source: holder,
          kind: "UNAVAILABLE",
          message: "No system of this authority is connected. Facts can be entered by hand.",
          retriedAt: null,
        });
        return;
      }
      const outcome = await askOnce(
        scope,
        source,
        {
          hetu,
          register,
          workerId: caller.id,
          issue: row.id,
          signal: AbortSignal.timeout(30_000),
        },
        groups,
      );
      if (!outcome.ok) {
        if (!isSelected) return;
        gathered.failed.add(holder);
        gathered.issues.push(outcome.issue);
        return;
      }
      gathered.answers.set(holder, outcome.value);
      const { asOf, facts } = outcome.value;
      for (const [group, values] of Object.entries(facts ?? {})) {
        for (const [field, value] of Object.entries(values)) {
          const path = `${group}.${field}` as FactPath;
          // What another of the holder's registers was asked for comes with that one's answer.
          if (value === undefined || !registersOf(path, holder, caller, decision).includes(register)) continue;
          const { retrievedAt } = outcome;
          const fact: Fact<unknown> = { value, holder, origin: "SYSTEM", asOf, retrievedAt, register };
          gathered.words.set(path, [...(gathered.words.get(path) ?? []), fact]);
        }
      }
    }),
  );
  gathered.issues.sort((a, b) => a.source.localeCompare(b.source));
  return gathered;
}

/** Another county is another authority: a county's worker gets the own register's facts alone. */
const ownRegister = (caller: Caller, holder: Authority): string | undefined =>
  caller.authority === "COUNTY" && holder === "COUNTY" ? (caller.unit ?? "") : undefined;

/** In which registers of a holder a fact is looked for; undefined: in all. */
function registersOf(
  path: FactPath,
  holder: Authority,
  caller: Caller,
  decision: Decision,
): readonly (string | undefined)[] {
  const verdict = decision.on(ruleOf(path).category, holder);
  return (verdict.allowed ? verdict.registers : undefined) ?? [ownRegister(caller, holder)];
}

/** What one authority's system is asked, in one of its registers or in all of them. */
interface Question {
  holder: Authority;
  register: string | undefined;
  groups: ReadonlySet<FactGroup>;
}

const keyOf = ({ holder, register }: Pick<Question, "holder" | "register">): string => `${holder}/${register ?? ""}`;

function questionsOf(selection: ReadonlySet<FactPath>, caller: Caller, decision: Decision): Map<string, Question> {
  const questions = new Map<string, Question>();
  const want = (holder: Authority, register: string | undefined, group: FactGroup) => {
    const key = keyOf({ holder, register });
    questions.set(key, { holder, register, groups: new Set(questions.get(key)?.groups).add(group) });
  };
  for (const path of selection) {
    const rule = ruleOf(path);
    for (const holder of factDefinition(path).holders) {
      if (!decision.on(rule.category, holder).allowed) continue;
      for (const register of registersOf(path, holder, caller, decision)) want(holder, register, groupOf(path));
    }
    // Whether the address is protected is asked at the moment of use, whatever the caller may see of it.
    if (rule.tellsPlace) want("RISE", undefined, "person");
  }
  return questions;
}

/**
 * With every question the caller's own system is asked whether it still serves the person, and Rise's how far
 * enforcement has come: else a remit outlives its ground by asking only what others hold (decisions D3, D13).
 * @returns the key of that question
 */
function askOwnSystem(wanted: Map<string, Question>, caller: Caller): string | undefined {
  if (caller.authority === null) return undefined;
  const holder = caller.authority;
  const register = ownRegister(caller, holder);
  const key = keyOf({ holder, register });
  const groups = new Set<FactGroup>(wanted.get(key)?.groups);
  if (holder === "RISE") groups.add("sentence");
  else if (groups.size === 0) groups.add("person");
  wanted.set(key, { holder, register, groups });
  return key;
}

/**
 * Whether what tells the person's place is closed to this caller now, by a protected address (decision D6). Those who
 * serve the person at the place know it already; Rise and its health service do not need to.
 */
export const isPlaceClosed = (
  gathered: Gathered,
  entered: ReadonlyMap<FactPath, readonly Fact<unknown>[]>,
  caller: Caller,
): boolean =>
  !servesAtThePlace(caller.authority) && isPlaceProtected(gathered, entered.get("person.addressProtected") ?? []);

/**
 * A protected address (turvakielto) closes everything that tells the place, also while it is not known whether there
 * is one: some holder must have said "no", none "yes", and none that was asked may have failed (decision D6).
 */
function isPlaceProtected(gathered: Gathered, entered: readonly Fact<unknown>[]): boolean {
  const { holders } = factDefinition("person.addressProtected");
  const words = [...(gathered.words.get("person.addressProtected") ?? []), ...entered];
  // Anybody's "yes" closes; only one who can know opens with a "no".
  const saysNo = words.some((word) => word.value !== true && holders.includes(word.holder));
  return !saysNo || holders.some((holder) => gathered.failed.has(holder)) || words.some((word) => word.value === true);
}

const SERVES_AT_THE_PLACE: readonly Authority[] = ["COUNTY", "EMPLOYMENT", "KELA"];

export const servesAtThePlace = (authority: Authority | null): boolean =>
  authority !== null && SERVES_AT_THE_PLACE.includes(authority);

export interface CaseDisclosure {
  facts: Disclosed<CaseFacts>;
  record: DisclosureRecord;
}

/** Judges every selected fact, holder by holder, before any of them is compared with another or shown. */
export function discloseFacts(
  gathered: Gathered,
  row: CaseRow,
  entered: ReadonlyMap<FactPath, readonly Fact<unknown>[]>,
  selection: ReadonlySet<FactPath>,
  caller: Caller,
  decision: Decision,
): CaseDisclosure {
  const record: DisclosureRecord = { left: [], withheld: [] };
  // Also a group of which nothing personal is selected is there.
  const facts: Record<string, Record<string, SettledFact<unknown>>> = Object.fromEntries(
    FACT_GROUPS.map((group) => [group, {}]),
  );
  const placeProtected = isPlaceProtected(gathered, entered.get("person.addressProtected") ?? []);
  for (const path of selection) {
    const [group, field] = path.split(".") as [FactGroup, string];
    const said = [...(gathered.words.get(path) ?? []), ...(entered.get(path) ?? []), ...fromCaseFile(path, row)];
    const words = said.filter((word) => isOfOpenRegister(word, decision.on(ruleOf(path).category, word.holder)));
    const open = holdersOf(path, words).filter((holder) => {
      const closed = placeProtected && !(holder === caller.authority && servesAtThePlace(holder));
      return judgeField(ruleOf(path), path, holder, decision, closed, record);
    });
    const definition = factDefinition(path);
    facts[group]![field] =
      open.length === 0
        ? { status: "WITHHELD", value: null, facts: [] }
        : settle(
            definition,
            words.filter((word) => open.includes(word.holder)),
            open.some((holder) => definition.holders.includes(holder) && gathered.failed.has(holder)),
          );
  }
  return { facts: asDisclosed(facts as unknown as CaseFacts), record };
}

/** A county's answer opens its own register, and no neighbour's. */
const isOfOpenRegister = ({ register }: Fact<unknown>, verdict: Verdict): boolean =>
  !verdict.allowed || verdict.registers === undefined
    ? true
    : register !== undefined && verdict.registers.includes(register);

/** The identity code and birth date under which the case was opened, as its opener's word. */
function fromCaseFile(path: FactPath, row: CaseRow): Fact<unknown>[] {
  if (row.hetu === null || (path !== "person.hetu" && path !== "person.birthDate")) return [];
  const value = path === "person.hetu" ? row.hetu : (parseHetu(row.hetu)?.birthDate ?? null);
  const holder = row.openedByAuthority ?? "RISE";
  return [{ value, holder, origin: "WORKER", asOf: row.openedAt, retrievedAt: row.openedAt }];
}
