import type { FactGroup, HolderFacts } from "../../cases/case.ts";
import type { HolderAnswer } from "../../cases/case.source.ts";
import { said } from "../transport/read-wire.ts";
import type { KelaWire } from "./wire.ts";

/** Kela's answer in the hub's words; only the groups that were asked for. */
export function fromKela(wire: KelaWire, groups: readonly FactGroup[]): HolderAnswer {
  const facts: HolderFacts = {};
  for (const group of groups) {
    if (group === "person" && wire.asiakas) facts.person = person(wire.asiakas);
    if (group === "economy" && wire.maksutili !== undefined) facts.economy = { iban: wire.maksutili };
    if (group === "benefits") facts.benefits = benefits(wire);
  }
  // A Kela officer's remit: a pending matter, or the prison service's notice (D3).
  const serves = wire.vireillaOlevia > 0 || wire.rikosseuraamusilmoitus !== null;
  return { asOf: wire.tietojenAika, facts, servedBy: serves ? ["KELA"] : [] };
}

const person = (wire: NonNullable<KelaWire["asiakas"]>): HolderFacts["person"] =>
  said({
    familyName: wire.sukunimi,
    givenNames: wire.etunimet,
    hetu: wire.hetu,
    birthDate: wire.syntymaaika,
    serviceLanguage: wire.kieli,
    homeMunicipality: wire.asuinkunta,
    streetAddress: wire.osoite?.lahiosoite,
    postalCode: wire.osoite?.postinumero,
    postOffice: wire.osoite?.postitoimipaikka,
  });

const benefits = (wire: KelaWire): HolderFacts["benefits"] =>
  said({
    benefits: wire.etuudet?.map((benefit) => ({
      benefit: benefit.etuuslaji,
      from: benefit.alkaa,
      until: benefit.paattyy,
      monthlyAmount: benefit.euroaKuukaudessa,
    })),
    basicAssistanceDecision: wire.perustoimeentulotuki && {
      decidedOn: wire.perustoimeentulotuki.paatospaiva,
      from: wire.perustoimeentulotuki.jakso.alku,
      until: wire.perustoimeentulotuki.jakso.loppu,
      granted: wire.perustoimeentulotuki.ratkaisu === "MYONNETTY",
    },
    pendingApplications: wire.vireilla?.map((application) => ({
      reference: application.viite,
      kind: application.hakemuslaji,
      state: application.vaihe,
      receivedOn: application.saapui,
    })),
  });
