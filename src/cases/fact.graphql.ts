import { GraphQLLocalDate } from "graphql-scalars";
import { type ClassType, Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { OfDisclosedFact } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import { AuthorityEnum } from "../operation/enums.ts";
import { enumType } from "../operation/published.ts";
import { type Fact, type FactStatus, type SettledFact, FACT_STATUSES, SANCTION_KINDS } from "./case.ts";
import {
  BasicAssistanceDecisionType,
  BenefitType,
  ClientRelationshipType,
  DependantType,
  HealthContactType,
  HeldMatterType,
  OfficerType,
} from "./record.graphql.ts";

const FactStatusEnum = enumType(
  "FactStatus",
  FACT_STATUSES,
  "KNOWN; NONE: those who spoke say there is none; UNKNOWN: nobody said anything; FAILED: a source that could know did " +
    "not answer; CONFLICT: holders disagree and none is chosen; WITHHELD: not disclosed to you, whether or not there is a value.",
);

export const FactOriginEnum = enumType(
  "FactOrigin",
  ["SYSTEM", "WORKER"] as const,
  "From the holder's system, or entered by a worker in its service.",
);

type FieldType = () => object;

/** The published form of a settled fact: one value or none, and every permitted holder's word with its provenance. */
function factType<T>(name: string, value: FieldType): ClassType<SettledFact<T>> {
  @OfDisclosedFact()
  @ObjectType(`${name}Word`, { description: "One holder's word on a fact.", simpleResolvers: true })
  class Word implements Fact<T> {
    @Field(value, { nullable: true, description: "Null: the holder says that there is none." })
    value!: T | null;

    @Field(() => AuthorityEnum, { description: "The authority whose fact it is." })
    holder!: Authority;

    @Field(() => FactOriginEnum)
    origin!: "SYSTEM" | "WORKER";

    @Field(() => GraphQLISODateTime, { nullable: true, description: "When the holder last knew it to be so." })
    asOf!: Date | null;

    @Field(() => GraphQLISODateTime, { description: "When the hub got it." })
    retrievedAt!: Date;
  }

  @OfDisclosedFact()
  @ObjectType(`${name}Fact`, { simpleResolvers: true })
  class Settled implements SettledFact<T> {
    @Field(() => FactStatusEnum)
    status!: FactStatus;

    @Field(value, { nullable: true, description: "Only when the status is KNOWN." })
    value!: T | null;

    @Field(() => [Word], { description: "What each holder said, as far as it is disclosed to you." })
    facts!: Word[];
  }

  return Settled;
}

const SanctionEnum = enumType("SanctionKind", SANCTION_KINDS, "seuraamuslaji, påföljdsslag");

export const TextFact = factType<string>("Text", () => String);
export const DateFact = factType<string>("Date", () => GraphQLLocalDate);
export const BooleanFact = factType<boolean>("Boolean", () => Boolean);
export const SanctionFact = factType("Sanction", () => SanctionEnum);
export const OfficerFact = factType("Officer", () => OfficerType);
export const DependantsFact = factType("Dependants", () => [DependantType]);
export const ClientRelationshipsFact = factType("ClientRelationships", () => [ClientRelationshipType]);
export const HealthContactsFact = factType("HealthContacts", () => [HealthContactType]);
export const BenefitsFact = factType("Benefits", () => [BenefitType]);
export const BasicAssistanceDecisionFact = factType("BasicAssistanceDecision", () => BasicAssistanceDecisionType);
export const HeldMattersFact = factType("HeldMatters", () => [HeldMatterType]);
