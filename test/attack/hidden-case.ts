import { randomUUID } from "node:crypto";
import { insertRecordedContact, insertRemits } from "../../src/cases/case.repository.ts";
import { insertConsent } from "../../src/disclosure/consent.repository.ts";
import { insertPermit } from "../../src/disclosure/permit.repository.ts";
import { DocumentEntity } from "../../src/forms/document.entity.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { artificialHetu } from "../../src/kernel/hetu.ts";
import { type CaseId, type DocumentId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/persistence/database.ts";
import { insertReferral } from "../../src/referrals/referral.repository.ts";
import { DEMO_CALLERS } from "../../src/sandbox/demo-callers.ts";
import type { SyntheticPerson } from "../../src/sandbox/population.ts";
import { insertStatement } from "../../src/statements/statement.repository.ts";
import { caseIdOf, onDay } from "../support/case-client.ts";
import { consentOf } from "../support/decisions.ts";
import { freshPerson } from "../http/front.ts";
import { testHub } from "../support/hub.ts";
import type { Thing } from "./schema-operations.ts";

/** What was planted in hidden cases, and no answer to the attacker may hold. */
export const planted: ReadonlySet<string> = new Set<string>();
const neverToBeTold = (secret: string) => (planted as Set<string>).add(secret);

export interface HiddenCase {
  caseId: CaseId;
  person: SyntheticPerson;
  unit: string;
  /** Id of one thing of each kind, and the identity code. */
  things: Record<Thing, string>;
}

const COUNTY = "11";

/** Of whom no demo caller may know, and whom no demo caller's own authority serves in their unit. */
export const isUnknownToDemo = ({ units, kela, county, employment }: SyntheticPerson): boolean =>
  units.length === 1 &&
  units[0]!.endsWith("-vankila") &&
  units[0] !== DEMO_CALLERS["prison-worker"].unit &&
  !(kela && (kela.rikosseuraamusilmoitus || kela.vireilla.length > 0)) &&
  !county.some(({ alue }) => alue === DEMO_CALLERS["county-worker"].unit) &&
  employment?.tyollisyysalue.numero !== Number(DEMO_CALLERS["employment-contact"].unit);

let shared: Promise<HiddenCase> | undefined;

/** One a test worker, of a person whom no other test has. */
export const hiddenCase = (): Promise<HiddenCase> =>
  (shared ??= (async () => {
    const { person } = await freshPerson(isUnknownToDemo);
    return hideCase((await testHub()).database, person);
  })());

/**
 * Puts a thing of every kind into the case; each holds a word that is nowhere else, and no answer to the attacker may
 * hold one of them.
 */
export async function hideCase(database: Database, person: SyntheticPerson): Promise<HiddenCase> {
  const caseId = caseIdOf(person);
  const unit = person.units[0]!;
  const canary = (kind: string) => {
    const word = `canary-${kind}-${randomUUID().slice(0, 8)}`;
    neverToBeTold(word);
    return word;
  };
  const em = database.fork();
  const now = systemClock.now();
  const by = canary("worker") as WorkerId;
  const consent = consentOf({ caseId, receiver: "RISE", givenOn: onDay, validUntil: onDay, recordedAt: now });
  await insertConsent(em, consent);
  const permit = newId<never>();
  await insertPermit(em, {
    id: permit,
    caseId,
    basis: "ATL_64",
    state: "REQUESTED",
    holder: "RISE",
    holderUnit: null,
    receiver: "COUNTY",
    receiverUnit: COUNTY,
    categories: [],
    requested: ["SENTENCE_DATES"],
    purpose: "SOCIAL_WELFARE",
    from: onDay,
    until: onDay,
    reason: canary("reason"),
    requestedBy: by,
    requestedByName: canary("requester"),
    requestedAt: now,
    answeredBy: null,
    answeredAt: null,
    answer: null,
  });
  const statement = await insertStatement(em, {
    id: newId(),
    caseId,
    language: "fi",
    author: { workerId: by, name: canary("author"), title: "-", phone: null, email: null },
    content: {
      need: canary("need"),
      arrangedByPrison: canary("arranged"),
      housingOnRelease: "",
      linkToSentencePlan: "",
      preparedTogether: true,
    },
    agreement: null,
    writtenAt: now,
    signedAt: null,
    signedHash: null,
  });
  const document = newId<DocumentId>();
  await em.insert(DocumentEntity, {
    id: document,
    caseId,
    form: "taydentava-toimeentulotuki",
    edition: canary("edition"),
    language: "fi",
    statementId: null,
    receiverCounty: COUNTY,
    tellsPlace: false,
    fileName: `${canary("file")}.pdf`,
    sha256: "00",
    bytes: Buffer.from(`%PDF ${canary("bytes")}`),
    notices: [],
    grounds: [],
    createdBy: by,
    createdAt: now,
    sentAt: now,
  });
  const referral = newId<never>();
  await insertReferral(em, {
    id: referral,
    caseId,
    kind: "SUPPLEMENTARY_ASSISTANCE_APPLICATION",
    documentId: document,
    state: "REQUESTED",
    senderUnit: unit,
    senderId: by,
    senderName: canary("sender"),
    sentAt: now,
    freeTextReviewed: true,
    receiverUnit: COUNTY,
    receivedAt: null,
    ownWorker: null,
    answeredAt: null,
    version: 1,
  });
  await insertRecordedContact(em, {
    id: newId(),
    caseId,
    holder: "RISE",
    unit,
    whom: canary("whom"),
    channel: canary("channel"),
    outcome: "REACHED",
    contactedAt: now,
    recordedBy: by,
    recordedByName: canary("recorder"),
    recordedAt: now,
  });
  // The county that got the referral knows of the case; no demo worker is of that county.
  await insertRemits(em, [
    {
      caseId,
      role: "COUNTY_WORKER",
      unit: COUNTY,
      workerId: null,
      ground: "RECEIVED_REFERRAL",
      since: onDay,
      until: null,
    },
  ]);
  neverToBeTold(person.hetu);
  return {
    caseId,
    person,
    unit,
    things: {
      case: caseId,
      consent: consent.id,
      permit,
      statement: statement.id,
      document,
      referral,
      hetu: person.hetu,
    },
  };
}

/** Things that never were. */
export const absentThings = (): Record<Thing, string> => ({
  case: newId<CaseId>(),
  consent: newId<CaseId>(),
  permit: newId<CaseId>(),
  statement: newId<CaseId>(),
  document: newId<CaseId>(),
  referral: newId<CaseId>(),
  hetu: artificialHetu("1931-02-03" as typeof onDay, 970),
});
