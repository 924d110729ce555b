import type { FactGroup, HolderFacts } from "../../cases/case.ts";
import type { HolderAnswer } from "../../cases/case.source.ts";
import { said } from "../transport/read-wire.ts";
import type { EmploymentWire } from "./wire.ts";

/** The employment services' answer in the hub's words; only the groups that were asked for. */
export function fromEmployment(wire: EmploymentWire, groups: readonly FactGroup[]): HolderAnswer {
  const facts: HolderFacts = {};
  for (const group of groups) {
    if (group === "person" && wire.tyonhakija) facts.person = person(wire.tyonhakija);
    if (group === "employment") facts.employment = employment(wire);
    if (group === "matters" && wire.asiat) facts.matters = { held: matters(wire.asiat) };
  }
  return { asOf: wire.muokattu, facts, servedBy: wire.tyollisyysalue ? [wire.tyollisyysalue.numero] : [] };
}

const person = (wire: NonNullable<EmploymentWire["tyonhakija"]>): HolderFacts["person"] =>
  said({
    familyName: wire.sukunimi,
    givenNames: wire.etunimet,
    hetu: wire.tunnus,
    birthDate: wire.syntymapaiva,
    serviceLanguage: wire.asiointikieli,
    phone: wire.yhteystiedot?.matkapuhelin,
    email: wire.yhteystiedot?.sahkoposti,
  });

const employment = (wire: EmploymentWire): HolderFacts["employment"] =>
  said({
    jobSearchActive: wire.tyonhaku?.voimassa,
    jobSearchStartedOn: wire.tyonhaku?.alkamispaiva,
    area: wire.tyollisyysalue === null ? null : wire.tyollisyysalue.numero,
    contactPerson: wire.risenYhdyshenkilo === null ? null : wire.risenYhdyshenkilo?.nimi,
  });

const matters = (wire: NonNullable<EmploymentWire["asiat"]>) =>
  wire.map((matter) => ({
    reference: matter.tunnus,
    kind: matter.asiaryhma,
    state: matter.vaihe,
    receivedOn: matter.saapumispaiva,
  }));
