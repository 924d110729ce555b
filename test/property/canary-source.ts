import { createHash } from "node:crypto";
import type { CaseSource, HolderAnswer } from "../../src/cases/case.source.ts";
import { FACT_PATHS, type FactPath, type HolderFacts, factDefinition } from "../../src/cases/case.ts";
import type { Authority } from "../../src/kernel/authority.ts";
import type { Clock } from "../../src/kernel/clock.ts";

/**
 * What differs between two worlds that a caller must not be able to tell apart, told to the sources in the header that
 * reaches them in development.
 */
export interface World {
  /** "RISE:person.phone": facts that have another value (or none) in this world. */
  flipped: readonly string[];
  protectedAddress: boolean;
  down: readonly Authority[];
}

export const headerOf = ({ flipped, protectedAddress, down }: World): string =>
  [`flipped=${flipped.join(",")}`, `protected=${String(protectedAddress)}`, `down=${down.join(",")}`].join(";");

function worldOf(header: string | undefined): World {
  const parts = new Map((header ?? "").split(";").map((part) => part.split("=") as [string, string | undefined]));
  const list = (name: string) => (parts.get(name) ?? "").split(",").filter((one) => one !== "");
  return {
    flipped: list("flipped"),
    protectedAddress: parts.get("protected") === "true",
    down: list("down") as Authority[],
  };
}

const dice = (text: string): number => createHash("sha256").update(text).digest().readUInt16BE(0);

/** A text that no other fact, holder or person has, so that it is known again wherever it turns up. */
const canary = (text: string): string => `Canary${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;

const day = (text: string): string => `2026-0${String(1 + (dice(text) % 9))}-${String(10 + (dice(`${text}d`) % 18))}`;

function valueOf(path: FactPath, holder: Authority, hetu: string, flipped: boolean): unknown {
  const seed = `${holder}/${path}/${hetu}/${String(flipped)}`;
  const text = canary(seed);
  switch (path) {
    case "person.hetu":
      return hetu;
    case "person.homeMunicipality":
      return flipped ? "091" : "179";
    case "placement.unit":
      return flipped ? "helsingin-vankila" : "jyvaskylan-vankila";
    case "placement.responsibleOfficer":
      return { workerId: null, name: text, title: text, phone: null, email: null };
    case "family.dependants":
      return [{ familyName: text, givenNames: text, birthYear: 2001 + (dice(seed) % 20), livesWithPerson: !flipped }];
    case "social.clientRelationships":
      return [{ countyCode: "15", service: text, since: day(seed), ownWorkerName: text, ownWorkerPhone: null }];
    case "health.contacts":
      return [{ clinic: text, matter: text, continuesAfterRelease: !flipped }];
    case "benefits.benefits":
      return [{ benefit: text, from: day(seed), until: null, monthlyAmount: "123.45" }];
    case "benefits.basicAssistanceDecision":
      return { decidedOn: day(seed), from: day(seed), until: "2027-01-31", granted: !flipped };
    case "benefits.pendingApplications":
    case "matters.held":
      return [{ reference: text, kind: text, state: text, receivedOn: day(seed) }];
    default:
  }
  const definition = factDefinition(path);
  switch (definition.kind) {
    case "date":
      return day(seed);
    case "boolean":
      return (dice(`${holder}/${path}/${hetu}`) % 2 === 0) !== flipped;
    case "money":
      return `${String(dice(seed))}.00`;
    case "choice":
      return definition.choices![dice(seed) % definition.choices!.length];
    default:
      return text;
  }
}

/** Dates by which enforcement still lasts in every world: what ends a remit is the replay's matter, not this suite's. */
const LASTING: Partial<Record<FactPath, string>> = {
  "sentence.fullTermOn": "2031-05-05",
  "sentence.conditionalReleaseOn": "2030-05-05",
  "sentence.supervisedFreedomOn": "2029-11-05",
};

/** An authority that knows every fact it may hold about everybody, each value a canary. */
export function canarySource(authority: Authority, units: readonly string[], clock: Clock): CaseSource {
  const paths = FACT_PATHS.filter((path) => factDefinition(path).holders.includes(authority));
  return {
    authority,
    ask: ({ hetu, groups, sandbox }) => {
      const world = worldOf(sandbox);
      if (world.down.includes(authority)) {
        const issue = { source: authority, kind: "UNAVAILABLE" as const, message: "Down.", retriedAt: null };
        return Promise.resolve({ ok: false, issue });
      }
      const facts: Record<string, Record<string, unknown>> = {};
      for (const path of paths) {
        const [group, field] = path.split(".") as [string, string];
        if (!(groups as readonly string[]).includes(group)) continue;
        const flipped = world.flipped.includes(`${authority}:${path}`);
        const lasting = LASTING[path]?.replace(/^20/, flipped ? "21" : "20");
        const fixed = path === "person.addressProtected" ? world.protectedAddress : lasting;
        (facts[group] ??= {})[field] = fixed ?? valueOf(path, authority, hetu, flipped);
      }
      const answer: HolderAnswer = { asOf: clock.now(), facts: facts as HolderFacts, servedBy: units };
      return Promise.resolve({ ok: true, value: answer, retrievedAt: clock.now() });
    },
  };
}
