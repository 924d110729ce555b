import type { FactGroup, HolderFacts } from "../../cases/case.ts";
import type { HolderAnswer } from "../../cases/case.source.ts";
import type { WorkerId } from "../../kernel/ids.ts";
import { said } from "../transport/read-wire.ts";
import type { RiseWire } from "./wire.ts";

/** The prison service's answer in the hub's words; only the groups that were asked for. */
export function fromRise(wire: RiseWire, groups: readonly FactGroup[]): HolderAnswer {
  const facts: HolderFacts = {};
  for (const group of groups) {
    if (group === "person" && wire.henkilo) facts.person = person(wire.henkilo);
    if (group === "sentence" && wire.seuraamus) facts.sentence = sentence(wire.seuraamus);
    if (group === "placement" && wire.sijoitus) facts.placement = placement(wire.sijoitus);
    if (group === "plan" && wire.suunnitelma !== undefined) facts.plan = plan(wire.suunnitelma);
    if (group === "economy" && wire.talous !== undefined) facts.economy = economy(wire.talous);
    if (group === "family" && wire.huollettavat) facts.family = { dependants: dependants(wire.huollettavat) };
    if (group === "matters" && wire.asiat) facts.matters = { held: matters(wire.asiat) };
  }
  return { asOf: wire.paivitetty, facts, servedBy: wire.palvelevatYksikot };
}

type Part<K extends keyof RiseWire> = NonNullable<RiseWire[K]>;

const person = (wire: Part<"henkilo">): HolderFacts["person"] =>
  said({
    familyName: wire.sukunimi,
    givenNames: wire.etunimet,
    hetu: wire.henkilotunnus,
    birthDate: wire.syntymaaika,
    motherTongue: wire.aidinkieli,
    serviceLanguage: wire.asiointikieli,
    needsInterpreter: wire.tulkinTarve,
    citizenship: wire.kansalaisuus,
    maritalStatus: wire.siviilisaaty,
    homeMunicipality: wire.kotikunta === null ? null : wire.kotikunta?.koodi,
    streetAddress: wire.osoite?.lahiosoite,
    postalCode: wire.osoite?.postinumero,
    postOffice: wire.osoite?.postitoimipaikka,
    phone: wire.puhelin,
    email: wire.sahkoposti,
    addressProtected: wire.turvakielto,
  });

const sentence = (wire: Part<"seuraamus">): HolderFacts["sentence"] =>
  said({
    sanction: wire.laji,
    enforcementStartOn: wire.taytantoonpanoAlkoi,
    supervisedFreedomOn: wire.valvottuKoevapausAlkaa,
    conditionalReleaseOn: wire.ehdonalaiseenPaasyPvm,
    fullTermOn: wire.taysiaikaPvm,
  });

const placement = ({ yksikko, virkamies }: Part<"sijoitus">): HolderFacts["placement"] => ({
  unit: yksikko,
  responsibleOfficer: virkamies && {
    workerId: virkamies.tunnus as WorkerId | null,
    name: virkamies.nimi,
    title: virkamies.nimike,
    phone: virkamies.puhelin,
    email: virkamies.sahkoposti,
  },
});

const plan = (wire: RiseWire["suunnitelma"]): HolderFacts["plan"] =>
  wire
    ? said({ employmentContent: wire.tyollistyminen, activity: wire.toiminta, workAbility: wire.tyokyky })
    : { employmentContent: null, activity: null, workAbility: null };

/** No account is no statement about money: a person outside prison may well have some. */
const economy = (wire: RiseWire["talous"]): HolderFacts["economy"] =>
  wire
    ? said({ allowance: wire.kayttorahaSnt, activityAllowance: wire.toimintarahaSnt, accountBalance: wire.saldoSnt })
    : {};

const dependants = (wire: Part<"huollettavat">) =>
  wire.map((child) => ({
    familyName: child.sukunimi,
    givenNames: child.etunimet,
    birthYear: child.syntymavuosi,
    livesWithPerson: child.samaTalous,
  }));

const matters = (wire: Part<"asiat">) =>
  wire.map((matter) => ({
    reference: matter.tunniste,
    kind: matter.laji,
    state: matter.tila,
    receivedOn: matter.saapunut,
  }));
