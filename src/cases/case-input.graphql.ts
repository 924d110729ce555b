import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from "type-graphql";
import type { Purpose } from "../access/purpose.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { Envelope } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Language } from "../kernel/text.ts";
import { AuthorityEnum, DataCategoryEnum, LanguageEnum, PurposeEnum } from "../operation/enums.ts";
import { enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import type { ConsentInput } from "./case-entry.service.ts";
import { CONTACT_OUTCOMES, type ContactOutcome } from "./recorded-contact.ts";

export const ContactOutcomeEnum = enumType("ContactOutcome", CONTACT_OUTCOMES, "How a contact went.");
export const ConsentAnswerEnum = enumType(
  "ConsentAnswer",
  ["GIVEN", "REFUSED"] as const,
  "A refusal is recorded too; nobody having asked is neither.",
);

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

@InputType("RecordConsentInput", {
  description: "Specified: who may disclose what to whom, for which purpose, until when.",
})
export class RecordConsentInputType implements ConsentInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ConsentAnswerEnum)
  answer!: "GIVEN" | "REFUSED";

  @Field(() => [AuthorityEnum])
  disclosers!: Authority[];

  @Field(() => AuthorityEnum)
  receiver!: Authority;

  @Field(() => String, {
    nullable: true,
    description: "Only this unit, county or employment area of the receiver, by code.",
  })
  receiverUnit!: string | null;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => [PurposeEnum])
  purposes!: Purpose[];

  @Field(() => LanguageEnum, { description: "The language in which the person was informed." })
  informedIn!: Language;

  @Field(() => GraphQLLocalDate)
  givenOn!: LocalDate;

  @Field(() => GraphQLLocalDate, { description: "Last day of validity, included." })
  validUntil!: LocalDate;
}

@Envelope()
@ObjectType("CaseChangePayload", { simpleResolvers: true })
export class CaseChangePayload {
  @Field(() => ID, { nullable: true, description: "Null when nothing was changed." })
  caseId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Envelope()
@ObjectType("RecordConsentPayload", { simpleResolvers: true })
export class RecordConsentPayload extends CaseChangePayload {
  @Field(() => ID, { nullable: true })
  consentId!: string | null;
}
