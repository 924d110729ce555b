import type { FieldRule } from "../disclosure/disclose.ts";
import type { Origin } from "../disclosure/published.ts";
import { AUTHORITIES } from "../kernel/authority.ts";
import { type CaseFacts, type FactGroup, type FactPath, expectedHolders, factDefinition } from "./case.ts";

const identification: FieldRule = { category: "IDENTIFICATION" };
const contact: FieldRule = { category: "CONTACT" };
const place: FieldRule = { category: "CONTACT", tellsPlace: true };
const dates: FieldRule = { category: "SENTENCE_DATES" };
const economy: FieldRule = { category: "ECONOMY" };
const allowances: FieldRule = { category: "ALLOWANCES" };
const benefits: FieldRule = { category: "BENEFITS" };
const readiness: FieldRule = { category: "READINESS" };
const health: FieldRule = { category: "HEALTH" };
const employment: FieldRule = { category: "EMPLOYMENT_SERVICES" };
const housing: FieldRule = { category: "HOUSING", tellsPlace: true };

/** Field by field, which category of data it is. */
export const caseDisclosure = {
  person: {
    familyName: identification,
    givenNames: identification,
    hetu: identification,
    birthDate: identification,
    motherTongue: identification,
    serviceLanguage: identification,
    needsInterpreter: identification,
    citizenship: contact,
    maritalStatus: { category: "FAMILY" },
    homeMunicipality: place,
    streetAddress: place,
    postalCode: place,
    postOffice: place,
    phone: contact,
    email: contact,
    addressProtected: contact,
  },
  sentence: {
    sanction: { category: "SANCTION" },
    enforcementStartOn: dates,
    supervisedFreedomOn: dates,
    conditionalReleaseOn: dates,
    fullTermOn: dates,
  },
  placement: {
    unit: { category: "PLACEMENT" },
    responsibleOfficer: { category: "OFFICER" },
  },
  plan: {
    employmentContent: { category: "PLAN_EMPLOYMENT" },
    activity: { category: "ACTIVITY" },
    workAbility: { category: "WORK_ABILITY" },
  },
  economy: {
    allowance: allowances,
    activityAllowance: allowances,
    accountBalance: economy,
    iban: benefits,
  },
  family: {
    dependants: { category: "FAMILY" },
  },
  social: {
    clientRelationships: { category: "SOCIAL_SERVICES", tellsPlace: true },
  },
  health: {
    contacts: health,
    substitutionTreatment: health,
  },
  employment: {
    jobSearchActive: employment,
    jobSearchStartedOn: employment,
    area: { category: "EMPLOYMENT_SERVICES", tellsPlace: true },
    contactPerson: { category: "EMPLOYMENT_SERVICES", tellsPlace: true },
  },
  benefits: {
    benefits,
    basicAssistanceDecision: benefits,
    pendingApplications: benefits,
  },
  matters: {
    // The reference begins with the code of the county or employment area.
    held: { category: "REFERRALS", tellsPlace: ["COUNTY", "EMPLOYMENT"] },
  },
  readiness: {
    firstNight: housing,
    identityDocumentValid: readiness,
    ownPhoneInUse: readiness,
    bankAccess: readiness,
    leaseHeld: housing,
    housingOnRelease: housing,
    debts: economy,
    minorsInDwelling: { category: "FAMILY" },
    deviceAndDigitalSkills: readiness,
    prisonInternetPermission: readiness,
  },
} satisfies { [G in FactGroup]: { [F in keyof CaseFacts[G]]: FieldRule } };

/** Whose the facts of a group are: the catalogue's holders', and theirs whose workers entered a word (decision D25). */
export const originOf = <G extends FactGroup>(group: G): Origin<keyof CaseFacts[G] & string> => ({
  record: group,
  holders: (field) => expectedHolders(`${group}.${field}` as FactPath),
  enteredBy: (field) => {
    const path = `${group}.${field}` as FactPath;
    return factDefinition(path).enterable
      ? AUTHORITIES.filter((authority) => !expectedHolders(path).includes(authority))
      : [];
  },
});
