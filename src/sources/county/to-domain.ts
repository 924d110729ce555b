import type { FactGroup, HolderFacts } from "../../cases/case.ts";
import type { HolderAnswer } from "../../cases/case.source.ts";
import { said } from "../transport/read-wire.ts";
import { CHILD_PROTECTION, type CountyRegisterWire } from "./wire.ts";

/**
 * The counties' answer in the hub's words. A fact has one word a holder: who the person is comes from the register
 * that was updated last; relationships, dependants and matters from all.
 */
export function fromCounties(registers: readonly CountyRegisterWire[], groups: readonly FactGroup[]): HolderAnswer {
  const [newest, ...older] = [...registers].sort((a, b) => b.paivitetty.getTime() - a.paivitetty.getTime());
  if (!newest) return { asOf: null, facts: undefined, servedBy: [] };
  const all = [newest, ...older];
  const facts: HolderFacts = {};
  for (const group of groups) {
    if (group === "person" && newest.asiakas) facts.person = person(newest.asiakas);
    if (group === "family" && all.some((register) => register.lapset)) facts.family = { dependants: dependants(all) };
    if (group === "social" && all.some((register) => register.asiakkuudet)) {
      facts.social = { clientRelationships: relationships(all) };
    }
    if (group === "matters" && all.some((register) => register.vireilla)) facts.matters = { held: matters(all) };
  }
  const servedBy = all.filter((register) => register.asiakkuusVoimassa).map((register) => register.alue);
  return { asOf: newest.paivitetty, facts, servedBy: servedBy.sort() };
}

const person = (wire: NonNullable<CountyRegisterWire["asiakas"]>): HolderFacts["person"] =>
  said({
    familyName: wire.nimi.suku,
    givenNames: wire.nimi.etu,
    hetu: wire.hetu,
    birthDate: wire.syntynyt,
    motherTongue: wire.kielet?.aidinkieli,
    serviceLanguage: wire.kielet?.asiointi,
    needsInterpreter: wire.tulkki,
    homeMunicipality: wire.kotikunta,
    streetAddress: wire.osoite?.katu,
    postalCode: wire.osoite?.postinro,
    postOffice: wire.osoite?.paikka,
    phone: wire.puhelin,
    email: wire.sposti,
    addressProtected: wire.turvakielto,
  });

const dependants = (registers: readonly CountyRegisterWire[]) =>
  registers.flatMap((register) =>
    (register.lapset ?? []).map((child) => ({
      familyName: child.suku,
      givenNames: child.etu,
      birthYear: child.vuosi,
      livesWithPerson: child.asuuAsiakkaanLuona,
    })),
  );

const relationships = (registers: readonly CountyRegisterWire[]) =>
  registers.flatMap((register) =>
    (register.asiakkuudet ?? [])
      .filter((relationship) => relationship.tehtava !== CHILD_PROTECTION)
      .map((relationship) => ({
        countyCode: register.alue,
        service: relationship.tehtava,
        since: relationship.alkanut,
        ownWorkerName: relationship.omatyontekija?.nimi ?? null,
        ownWorkerPhone: relationship.omatyontekija?.puhelin ?? null,
      })),
  );

const matters = (registers: readonly CountyRegisterWire[]) =>
  registers.flatMap((register) =>
    (register.vireilla ?? [])
      .filter((matter) => matter.asia !== CHILD_PROTECTION)
      .map((matter) => ({
        reference: matter.dnro,
        kind: matter.asia,
        state: matter.vaihe,
        receivedOn: matter.saapui,
      })),
  );
