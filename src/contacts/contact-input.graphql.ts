import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Envelope } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { UserError } from "../operation/user-error.ts";
import type { ContactSystem, OpeningHours, OpeningSpan, Phase, Situation } from "./contact.ts";
import { ContactPointType, ContactSystemEnum, PhaseEnum, SituationEnum } from "./contact-point.graphql.ts";
import type { ContactProposal } from "./contact-proposal.ts";
import type { ContactPointFilter } from "./contact.service.ts";

@InputType("LocalizedTextInput")
class LocalizedTextInputType implements LocalizedText {
  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => String)
  en!: string;
}

@InputType("OpeningSpanInput")
class OpeningSpanInputType implements OpeningSpan {
  @Field(() => [Int], { description: "1 = Monday … 7 = Sunday." })
  days!: number[];

  @Field(() => String, { description: "HH:MM" })
  opens!: string;

  @Field(() => String, { description: "HH:MM" })
  closes!: string;
}

@InputType("OpeningHoursInput")
class OpeningHoursInputType implements OpeningHours {
  @Field(() => String, { description: "As the source prints them, e.g. ark. 8-15." })
  printed!: string;

  @Field(() => [OpeningSpanInputType])
  spans!: OpeningSpan[];

  @Field(() => Boolean, { defaultValue: true })
  exceptHolidays!: boolean;
}

@InputType("ContactPointFilter")
export class ContactPointFilterType implements ContactPointFilter {
  @Field(() => String, { nullable: true, description: "Code of an organisation, e.g. county-15." })
  organisation?: string | null;

  @Field(() => String, { nullable: true, description: "Code or name of a municipality that is served." })
  municipality?: string | null;

  @Field(() => SituationEnum, { nullable: true })
  situation?: Situation | null;

  @Field(() => PhaseEnum, { nullable: true })
  phase?: Phase | null;

  @Field(() => ContactSystemEnum, { nullable: true })
  system?: ContactSystem | null;
}

@InputType("ProposeContactPointInput")
export class ProposeContactPointInputType {
  @Field(() => String, { description: "Code of the organisation that answers, e.g. county-15." })
  organisation!: string;

  @Field(() => ContactSystemEnum)
  system!: ContactSystem;

  @Field(() => String)
  value!: string;

  @Field(() => LocalizedTextInputType, { description: "By role, never a person's name." })
  name!: LocalizedText;

  @Field(() => String, { nullable: true })
  service?: string | null;

  @Field(() => [SituationEnum])
  situations!: Situation[];

  @Field(() => [PhaseEnum])
  phases!: Phase[];

  @Field(() => Boolean, { defaultValue: false, description: "For urgent need and out of office hours only." })
  urgentOnly!: boolean;

  @Field(() => OpeningHoursInputType, { nullable: true })
  hours?: OpeningHours | null;

  @Field(() => [String], { defaultValue: ["fi"] })
  languages!: string[];

  @Field(() => LocalizedTextInputType, { nullable: true })
  note?: LocalizedText | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Included." })
  validFrom?: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Included." })
  validUntil?: LocalDate | null;

  @Field(() => String, { description: "Where you have it from." })
  source!: string;

  @Field(() => ID, { nullable: true, description: "The contact point that this one would replace." })
  replaces?: string | null;
}

/** GraphQL leaves absent fields out; the domain wants them said. */
export const proposalOf = (input: ProposeContactPointInputType): ContactProposal => {
  const { service = null, hours = null, note = null, validFrom = null, validUntil = null, replaces = null } = input;
  return { ...input, service, hours, note, validFrom, validUntil, replaces };
};

@Envelope()
@ObjectType({ simpleResolvers: true })
export class ContactPointPayload {
  @Field(() => ContactPointType, { nullable: true })
  contactPoint!: ContactPointType | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Envelope()
@ObjectType({ simpleResolvers: true })
export class AreaReadinessPayload {
  @Field(() => [UserError])
  userErrors!: UserError[];
}
