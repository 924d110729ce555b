import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import type { Purpose } from "../access/purpose.ts";
import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { Personal } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Language } from "../kernel/text.ts";
import { AuthorityEnum, DataCategoryEnum, LanguageEnum, PurposeEnum } from "../operation/enums.ts";
import { connectionType } from "../operation/published.ts";
import { ConsentAnswerEnum, ContactOutcomeEnum } from "./case-input.graphql.ts";
import { type ContactOutcome, recordedContactDisclosure } from "./recorded-contact.ts";

@Personal(consentDisclosure)
@ObjectType("Consent", {
  description: "A person's consent to a disclosure, or their refusal (suostumus, samtycke).",
  simpleResolvers: true,
})
export class ConsentType {
  @Field(() => ID)
  id!: string;

  @Field(() => ConsentAnswerEnum, { nullable: true })
  answer!: "GIVEN" | "REFUSED" | null;

  @Field(() => [AuthorityEnum], { nullable: true })
  disclosers!: Authority[] | null;

  @Field(() => AuthorityEnum, { nullable: true })
  receiver!: Authority | null;

  @Field(() => String, { nullable: true, description: "Only this unit of the receiver, by code; null: all of it." })
  receiverUnit!: string | null;

  @Field(() => [DataCategoryEnum], { nullable: true })
  categories!: DataCategory[] | null;

  @Field(() => [PurposeEnum], { nullable: true })
  purposes!: Purpose[] | null;

  @Field(() => LanguageEnum, { nullable: true })
  informedIn!: Language | null;

  @Field(() => GraphQLLocalDate, { nullable: true })
  givenOn!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day of validity, included." })
  validUntil!: LocalDate | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  withdrawnAt!: Date | null;
}

@Personal(recordedContactDisclosure)
@ObjectType("RecordedContact", { description: "A worker's note that somebody was contacted.", simpleResolvers: true })
export class RecordedContactType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  whom!: string | null;

  @Field(() => String, { nullable: true })
  channel!: string | null;

  @Field(() => ContactOutcomeEnum, { nullable: true })
  outcome!: ContactOutcome | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  contactedAt!: Date | null;

  @Field(() => String, { nullable: true })
  recordedByName!: string | null;
}

export const ConsentConnection = connectionType("Consent", () => ConsentType);
export const RecordedContactConnection = connectionType("RecordedContact", () => RecordedContactType);
