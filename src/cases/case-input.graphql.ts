import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from "type-graphql";
import { Envelope } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { CONTACT_OUTCOMES, type ContactOutcome } from "./recorded-contact.ts";

export const ContactOutcomeEnum = enumType("ContactOutcome", CONTACT_OUTCOMES, "How a contact went.");
@InputType("OpenCaseInput")
export class OpenCaseInputType {
  @Field(() => String, { nullable: true, description: "Personal identity code; absent when the person has none." })
  hetu?: string | null;

  @Field(() => String)
  familyName!: string;

  @Field(() => String)
  givenNames!: string;
}

@InputType("RecordFactInput")
export class RecordFactInputType {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String, { description: "Group and field, e.g. `readiness.identityDocumentValid`." })
  path!: string;

  @Field(() => String, { description: 'As text: a date YYYY-MM-DD, "true"/"false", euros such as 48.00.' })
  value!: string;

  @Field(() => GraphQLLocalDate, { description: "The day on which it was known to be so." })
  confirmedOn!: LocalDate;
}

@InputType("RecordContactInput")
export class RecordContactInputType {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String, { description: "The organisation or role that was contacted." })
  whom!: string;

  @Field(() => String, { description: "E.g. phone, secure mail, visit." })
  channel!: string;

  @Field(() => ContactOutcomeEnum)
  outcome!: ContactOutcome;

  @Field(() => GraphQLISODateTime)
  contactedAt!: Date;
}

@Envelope()
@ObjectType("CaseChangePayload", { simpleResolvers: true })
export class CaseChangePayload {
  @Field(() => ID, { nullable: true, description: "Null when nothing was changed." })
  caseId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
