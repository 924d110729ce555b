import { defineEntity, p } from "@mikro-orm/core";

export const CaseFileEntity = defineEntity({
  name: "CaseFile",
  tableName: "case_file",
  properties: {
    id: p.uuid().primary(),
    hetu: p.text().nullable(),
    openedAt: p.datetime(),
    openedBy: p.text(),
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
    since: p.date(),
    until: p.date().nullable(),
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
    value: p.json<{ value: unknown }>(),
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
    whom: p.text(),
    channel: p.text(),
    outcome: p.text(),
    contactedAt: p.datetime(),
    recordedBy: p.text(),
    recordedByName: p.text(),
    recordedAt: p.datetime(),
  },
});
