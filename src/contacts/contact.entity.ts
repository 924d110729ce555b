import { defineEntity, p } from "@mikro-orm/core";
import type { LocalizedText } from "../kernel/text.ts";
import type { OpeningHours, Phase, ServedArea, Situation } from "./contact.ts";

export const ContactPointEntity = defineEntity({
  name: "ContactPoint",
  tableName: "contact_point",
  properties: {
    id: p.uuid().primary(),
    /** Of the imported entry; null for a proposal. */
    key: p.text().nullable(),
    state: p.text(),
    system: p.text(),
    value: p.text(),
    organisation: p.text(),
    service: p.text().nullable(),
    name: p.json<LocalizedText>(),
    areaServed: p.json<ServedArea[]>(),
    situations: p.json<Situation[]>(),
    phases: p.json<Phase[]>(),
    urgentOnly: p.boolean(),
    hours: p.json<OpeningHours>().nullable(),
    languages: p.json<string[]>(),
    include: p.json<string[]>(),
    note: p.json<LocalizedText>().nullable(),
    validFrom: p.date().nullable(),
    validUntil: p.date().nullable(),
    source: p.text(),
    evidence: p.text(),
    verifiedOn: p.date().nullable(),
    replaces: p.uuid().nullable(),
    /** A person verified, replaced or ended it: no import touches it any more. */
    keptByPerson: p.boolean(),
    /** Counts changes; one who has read an older one changes nothing. */
    version: p.integer(),
  },
});

/** Append-only: the database refuses update and delete by a trigger. */
export const ContactPointEventEntity = defineEntity({
  name: "ContactPointEvent",
  tableName: "contact_point_event",
  properties: {
    id: p.bigint("string").primary().autoincrement(),
    contactPointId: p.uuid(),
    at: p.datetime(),
    kind: p.text(),
    workerId: p.text().nullable(),
    workerName: p.text().nullable(),
    version: p.integer(),
    note: p.text().nullable(),
  },
});

/** Append-only, like the events: the newest row of a county is its readiness now. */
export const AreaReadinessEntity = defineEntity({
  name: "AreaReadiness",
  tableName: "area_readiness",
  properties: {
    id: p.bigint("string").primary().autoincrement(),
    countyCode: p.text(),
    status: p.text(),
    asOf: p.date().nullable(),
    source: p.text(),
    recordedAt: p.datetime(),
    workerId: p.text().nullable(),
  },
});
