import { defineEntity, p } from "@mikro-orm/core";
import { EncryptedJson, EncryptedText } from "../kernel/encrypted.ts";

export const CaseFileEntity = defineEntity({
  name: "CaseFile",
  tableName: "case_file",
  properties: {
    id: p.uuid().primary(),
    hetu: p.type(EncryptedText).$type<string>().nullable(),
    /** Keyed, so that equal identity codes are found without being readable. */
    hetuIndex: p.blob().nullable(),
    openedAt: p.datetime(),
    openedBy: p.text(),
    openedByAuthority: p.text().nullable(),
    releasedOn: p.date().nullable(),
    enforcementEndsOn: p.date().nullable(),
  },
});

/** Who may know that the case exists (decision D3). */
export const CaseRemitEntity = defineEntity({
  name: "CaseRemit",
  tableName: "case_remit",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    role: p.text(),
    unit: p.text(),
    workerId: p.text().nullable(),
    ground: p.text(),
    consentId: p.uuid().nullable(),
    permitId: p.uuid().nullable(),
    since: p.date(),
    until: p.date().nullable(),
    begunAt: p.datetime(),
    /** Why it was moved by hand; a code, null where an authority's own system moved it. */
    reason: p.text().nullable(),
  },
});

/** A fact that a worker entered; the newest of a holder's is its word. Earlier ones are kept. */
export const RecordedFactEntity = defineEntity({
  name: "RecordedFact",
  tableName: "recorded_fact",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    path: p.text(),
    holder: p.text(),
    unit: p.text(),
    /** Wrapped, since a bare JSON null could not be told from no value. */
    value: p.type(EncryptedJson).$type<{ value: unknown }>(),
    confirmedOn: p.date(),
    recordedBy: p.text(),
    recordedAt: p.datetime(),
  },
});

export const RecordedContactEntity = defineEntity({
  name: "RecordedContact",
  tableName: "recorded_contact",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    holder: p.text(),
    unit: p.text(),
    whom: p.type(EncryptedText).$type<string>(),
    channel: p.text(),
    outcome: p.text(),
    contactedAt: p.datetime(),
    recordedBy: p.text(),
    recordedByName: p.text(),
    recordedAt: p.datetime(),
  },
});
