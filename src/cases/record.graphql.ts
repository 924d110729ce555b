import { GraphQLLocalDate } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { OfDisclosedFact } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type {
  BasicAssistanceDecision,
  Benefit,
  ClientRelationship,
  Dependant,
  HealthContact,
  HeldMatter,
  Officer,
} from "./case.ts";

@OfDisclosedFact()
@ObjectType("Officer", { description: "A worker's contact details in service.", simpleResolvers: true })
export class OfficerType implements Omit<Officer, "workerId"> {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: "E.164." })
  phone!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;
}

@OfDisclosedFact()
@ObjectType("Dependant", { simpleResolvers: true })
export class DependantType implements Dependant {
  @Field(() => String)
  familyName!: string;

  @Field(() => String)
  givenNames!: string;

  @Field(() => Int)
  birthYear!: number;

  @Field(() => Boolean)
  livesWithPerson!: boolean;
}

@OfDisclosedFact()
@ObjectType("ClientRelationship", { description: "asiakkuus, klientrelation", simpleResolvers: true })
export class ClientRelationshipType implements ClientRelationship {
  @Field(() => String, { description: "Code of the wellbeing services county." })
  countyCode!: string;

  @Field(() => String)
  service!: string;

  @Field(() => GraphQLLocalDate)
  since!: LocalDate;

  @Field(() => String, { nullable: true, description: "omatyöntekijä, egen kontaktperson" })
  ownWorkerName!: string | null;

  @Field(() => String, { nullable: true, description: "E.164." })
  ownWorkerPhone!: string | null;
}

@OfDisclosedFact()
@ObjectType("HealthContact", { simpleResolvers: true })
export class HealthContactType implements HealthContact {
  @Field(() => String)
  clinic!: string;

  @Field(() => String)
  matter!: string;

  @Field(() => Boolean)
  continuesAfterRelease!: boolean;
}

@OfDisclosedFact()
@ObjectType("Benefit", { description: "etuus, förmån", simpleResolvers: true })
export class BenefitType implements Benefit {
  @Field(() => String)
  benefit!: string;

  @Field(() => GraphQLLocalDate)
  from!: LocalDate;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day included; null while it runs." })
  until!: LocalDate | null;

  @Field(() => String, { nullable: true, description: "Euros a month with two decimals." })
  monthlyAmount!: string | null;
}

@OfDisclosedFact()
@ObjectType("BasicAssistanceDecision", {
  description: "Kela's decision on basic social assistance (perustoimeentulotuki, grundläggande utkomststöd).",
  simpleResolvers: true,
})
export class BasicAssistanceDecisionType implements BasicAssistanceDecision {
  @Field(() => GraphQLLocalDate)
  decidedOn!: LocalDate;

  @Field(() => GraphQLLocalDate, { description: "First day of the period." })
  from!: LocalDate;

  @Field(() => GraphQLLocalDate, { description: "Last day of the period, included." })
  until!: LocalDate;

  @Field(() => Boolean)
  granted!: boolean;
}

@OfDisclosedFact()
@ObjectType("HeldMatter", {
  description: "An application or referral that an authority already holds; read-only.",
  simpleResolvers: true,
})
export class HeldMatterType implements HeldMatter {
  @Field(() => String)
  reference!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String)
  state!: string;

  @Field(() => GraphQLLocalDate)
  receivedOn!: LocalDate;
}
