import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Personal } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { connectionType } from "../operation/published.ts";
import { caseDisclosure, originOf } from "./case.disclosure.ts";
import { SourceIssueType, WithheldFieldType } from "./case-status.graphql.ts";
import {
  BasicAssistanceDecisionFact,
  BenefitsFact,
  BooleanFact,
  ClientRelationshipsFact,
  DateFact,
  DependantsFact,
  HealthContactsFact,
  HeldMattersFact,
  OfficerFact,
  SanctionFact,
  TextFact,
} from "./fact.graphql.ts";

@Personal(caseDisclosure.person, originOf("person"))
@ObjectType({ description: "The person (henkilö, person).", simpleResolvers: true })
export class PersonFacts {
  @Field(() => TextFact, { description: "sukunimi, efternamn" })
  familyName!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "etunimet, förnamn" })
  givenNames!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "Personal identity code (henkilötunnus, personbeteckning)." })
  hetu!: InstanceType<typeof TextFact>;

  @Field(() => DateFact)
  birthDate!: InstanceType<typeof DateFact>;

  @Field(() => TextFact, { description: "äidinkieli, modersmål; ISO 639-1." })
  motherTongue!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "asiointikieli, kontaktspråk; ISO 639-1." })
  serviceLanguage!: InstanceType<typeof TextFact>;

  @Field(() => BooleanFact)
  needsInterpreter!: InstanceType<typeof BooleanFact>;

  @Field(() => TextFact, { description: "ISO 3166-1 alpha-2." })
  citizenship!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  maritalStatus!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, {
    description: "Municipality code of three digits (kotikunta, hemkommun). NONE when a source says there is none.",
  })
  homeMunicipality!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  streetAddress!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  postalCode!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  postOffice!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "E.164." })
  phone!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  email!: InstanceType<typeof TextFact>;

  @Field(() => BooleanFact, { description: "turvakielto, spärrmarkering" })
  addressProtected!: InstanceType<typeof BooleanFact>;
}

@Personal(caseDisclosure.sentence, originOf("sentence"))
@ObjectType({ description: "The sanction and its planned doors.", simpleResolvers: true })
export class SentenceFacts {
  @Field(() => SanctionFact)
  sanction!: InstanceType<typeof SanctionFact>;

  @Field(() => DateFact, { description: "täytäntöönpanon alku, verkställighetens början" })
  enforcementStartOn!: InstanceType<typeof DateFact>;

  @Field(() => DateFact, { description: "valvottu koevapaus, övervakad frihet på prov" })
  supervisedFreedomOn!: InstanceType<typeof DateFact>;

  @Field(() => DateFact, { description: "ehdonalainen vapaus, villkorlig frihet" })
  conditionalReleaseOn!: InstanceType<typeof DateFact>;

  @Field(() => DateFact, { description: "The whole sentence served." })
  fullTermOn!: InstanceType<typeof DateFact>;
}

@Personal(caseDisclosure.placement, originOf("placement"))
@ObjectType({ description: "Where the sanction is enforced, and by whom.", simpleResolvers: true })
export class PlacementFacts {
  @Field(() => TextFact, { description: "Code of the prison or probation office." })
  unit!: InstanceType<typeof TextFact>;

  @Field(() => OfficerFact, { description: "vastuuvirkamies" })
  responsibleOfficer!: InstanceType<typeof OfficerFact>;
}

@Personal(caseDisclosure.plan, originOf("plan"))
@ObjectType({ description: "rangaistusajan suunnitelma, plan för strafftiden", simpleResolvers: true })
export class SentencePlanFacts {
  @Field(() => TextFact, { description: "Its employment-promoting content." })
  employmentContent!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  activity!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  workAbility!: InstanceType<typeof TextFact>;
}

@Personal(caseDisclosure.economy, originOf("economy"))
@ObjectType({ description: "Money; amounts in euros with two decimals.", simpleResolvers: true })
export class EconomyFacts {
  @Field(() => TextFact, { description: "käyttöraha, brukspenning; a month" })
  allowance!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "toimintaraha, sysselsättningspenning; a month" })
  activityAllowance!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "The prisoner's account." })
  accountBalance!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "Account to which assistance is paid." })
  iban!: InstanceType<typeof TextFact>;
}

@Personal(caseDisclosure.family, originOf("family"))
@ObjectType({ simpleResolvers: true })
export class FamilyFacts {
  @Field(() => DependantsFact)
  dependants!: InstanceType<typeof DependantsFact>;
}

@Personal(caseDisclosure.social, originOf("social"))
@ObjectType({ description: "Social welfare (sosiaalihuolto, socialvård).", simpleResolvers: true })
export class SocialFacts {
  @Field(() => ClientRelationshipsFact)
  clientRelationships!: InstanceType<typeof ClientRelationshipsFact>;
}

@Personal(caseDisclosure.health, originOf("health"))
@ObjectType({
  description: "Prison health care (VTH); never disclosed to the prison and probation service.",
  simpleResolvers: true,
})
export class HealthFacts {
  @Field(() => HealthContactsFact)
  contacts!: InstanceType<typeof HealthContactsFact>;

  @Field(() => BooleanFact, { description: "opioidikorvaushoito, substitutionsbehandling" })
  substitutionTreatment!: InstanceType<typeof BooleanFact>;
}

@Personal(caseDisclosure.employment, originOf("employment"))
@ObjectType({ description: "Employment services (työvoimapalvelut, arbetskraftsservice).", simpleResolvers: true })
export class EmploymentFacts {
  @Field(() => BooleanFact)
  jobSearchActive!: InstanceType<typeof BooleanFact>;

  @Field(() => DateFact)
  jobSearchStartedOn!: InstanceType<typeof DateFact>;

  @Field(() => TextFact, { description: "Code of the employment area (työllisyysalue, sysselsättningsområde)." })
  area!: InstanceType<typeof TextFact>;

  @Field(() => TextFact, { description: "yhdyshenkilö, kontaktperson" })
  contactPerson!: InstanceType<typeof TextFact>;
}

@Personal(caseDisclosure.benefits, originOf("benefits"))
@ObjectType({ description: "Kela.", simpleResolvers: true })
export class BenefitFacts {
  @Field(() => BenefitsFact)
  benefits!: InstanceType<typeof BenefitsFact>;

  @Field(() => BasicAssistanceDecisionFact)
  basicAssistanceDecision!: InstanceType<typeof BasicAssistanceDecisionFact>;

  @Field(() => HeldMattersFact)
  pendingApplications!: InstanceType<typeof HeldMattersFact>;
}

@Personal(caseDisclosure.matters, originOf("matters"))
@ObjectType({ description: "Referrals and applications that the authorities already hold.", simpleResolvers: true })
export class MatterFacts {
  @Field(() => HeldMattersFact)
  held!: InstanceType<typeof HeldMattersFact>;
}

@Personal(caseDisclosure.readiness, originOf("readiness"))
@ObjectType({
  description: "What no authority's system holds: entered by workers with `recordFact`.",
  simpleResolvers: true,
})
export class ReadinessFacts {
  @Field(() => TextFact, { description: "Where the first night is." })
  firstNight!: InstanceType<typeof TextFact>;

  @Field(() => BooleanFact)
  identityDocumentValid!: InstanceType<typeof BooleanFact>;

  @Field(() => BooleanFact)
  ownPhoneInUse!: InstanceType<typeof BooleanFact>;

  @Field(() => BooleanFact)
  bankAccess!: InstanceType<typeof BooleanFact>;

  @Field(() => BooleanFact)
  leaseHeld!: InstanceType<typeof BooleanFact>;

  @Field(() => TextFact)
  housingOnRelease!: InstanceType<typeof TextFact>;

  @Field(() => TextFact)
  debts!: InstanceType<typeof TextFact>;

  @Field(() => BooleanFact)
  minorsInDwelling!: InstanceType<typeof BooleanFact>;

  @Field(() => TextFact)
  deviceAndDigitalSkills!: InstanceType<typeof TextFact>;

  @Field(() => BooleanFact)
  prisonInternetPermission!: InstanceType<typeof BooleanFact>;
}

const group = "PUBLIC";

const caseTable = {
  id: "PUBLIC",
  openedAt: "PUBLIC",
  earliestReleaseOn: { category: "SENTENCE_DATES" },
  sourceIssues: "PUBLIC",
  withheld: "PUBLIC",
  person: group,
  sentence: group,
  placement: group,
  plan: group,
  economy: group,
  family: group,
  social: group,
  health: group,
  employment: group,
  benefits: group,
  matters: group,
  readiness: group,
} as const;

@Personal(caseTable, {
  record: "case",
  holders: ["RISE"],
  derivedFrom: {
    earliestReleaseOn: ["sentence.supervisedFreedomOn", "sentence.conditionalReleaseOn", "sentence.fullTermOn"],
  },
})
@ObjectType("Case", {
  description:
    "A person's case as you may see it. Every fact says who holds it and since when; a field that is not disclosed to " +
    "you has the status WITHHELD, whether or not there is a value.",
  simpleResolvers: true,
})
export class CaseType {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: "When the case came within your remit." })
  openedAt!: Date;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      "The earliest planned door among the disclosed dates: supervised probationary freedom, then conditional release, then full term.",
  })
  earliestReleaseOn!: LocalDate | null;

  @Field(() => [SourceIssueType], {
    description: "Sources that did not answer as they should; each costs its own facts only.",
  })
  sourceIssues!: SourceIssueType[];

  @Field(() => [WithheldFieldType], {
    description: "What was selected and not disclosed to you. Decided by rule, before any value is looked at.",
  })
  withheld!: WithheldFieldType[];

  @Field(() => PersonFacts)
  person!: PersonFacts;

  @Field(() => SentenceFacts)
  sentence!: SentenceFacts;

  @Field(() => PlacementFacts)
  placement!: PlacementFacts;

  @Field(() => SentencePlanFacts)
  plan!: SentencePlanFacts;

  @Field(() => EconomyFacts)
  economy!: EconomyFacts;

  @Field(() => FamilyFacts)
  family!: FamilyFacts;

  @Field(() => SocialFacts)
  social!: SocialFacts;

  @Field(() => HealthFacts)
  health!: HealthFacts;

  @Field(() => EmploymentFacts)
  employment!: EmploymentFacts;

  @Field(() => BenefitFacts)
  benefits!: BenefitFacts;

  @Field(() => MatterFacts)
  matters!: MatterFacts;

  @Field(() => ReadinessFacts)
  readiness!: ReadinessFacts;
}

export const CaseConnection = connectionType("Case", () => CaseType);
