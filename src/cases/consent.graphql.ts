import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from "type-graphql";
import type { Purpose } from "../access/purpose.ts";
import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import {
  CONSENT_EVENTS,
  CONSENT_FORMS,
  type ConsentEvent,
  type ConsentForm,
  DISCLOSURE_METHODS,
  type DisclosureMethod,
  type Representative,
} from "../disclosure/consent.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { Envelope, OfDisclosedFact, Personal } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { DocumentId } from "../kernel/ids.ts";
import type { Language } from "../kernel/text.ts";
import { AuthorityEnum, DataCategoryEnum, LanguageEnum, PurposeEnum } from "../operation/enums.ts";
import { connectionType, enumType } from "../operation/published.ts";
import { CaseChangePayload } from "./case-input.graphql.ts";

const ConsentAnswerEnum = enumType(
  "ConsentAnswer",
  ["GIVEN", "REFUSED"] as const,
  "A refusal is recorded too; nobody having asked is neither.",
);
const ConsentFormEnum = enumType(
  "ConsentForm",
  CONSENT_FORMS,
  "How it was given (kirjallinen, sähköinen, suullinen; skriftligt, elektroniskt, muntligt). An oral one lasts one day.",
);
const DisclosureMethodEnum = enumType(
  "DisclosureMethod",
  DISCLOSURE_METHODS,
  "How it may be disclosed (luovutustapa, sätt att lämna ut). Through the hub and its documents: ELECTRONIC alone.",
);
const ConsentEventEnum = enumType(
  "ConsentEvent",
  CONSENT_EVENTS,
  "With what a consent ends: release, the end of enforcement; the day itself included.",
);

@InputType("RepresentativeInput", { description: "Who gave it on the person's behalf." })
class RepresentativeInputType implements Representative {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "E.g. guardian (edunvalvoja, intressebevakare)." })
  capacity!: string;

  @Field(() => String, { description: "By what they may act, e.g. the decision and its date." })
  authority!: string;
}

@OfDisclosedFact()
@ObjectType("Representative", { description: "Who gave it on the person's behalf.", simpleResolvers: true })
class RepresentativeType implements Representative {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  capacity!: string;

  @Field(() => String)
  authority!: string;
}

@InputType("RecordConsentInput", {
  description: "Specified: who may disclose what to whom, for which purpose, how, until when.",
})
export class RecordConsentInputType {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ConsentAnswerEnum)
  answer!: "GIVEN" | "REFUSED";

  @Field(() => RepresentativeInputType, { nullable: true, description: "Absent when the person gave it." })
  representative?: RepresentativeInputType | null;

  @Field(() => ConsentFormEnum)
  form!: ConsentForm;

  @Field(() => [AuthorityEnum])
  disclosers!: Authority[];

  @Field(() => AuthorityEnum)
  receiver!: Authority;

  @Field(() => String, {
    nullable: true,
    description: "Only this unit, county or employment area of the receiver, by code.",
  })
  receiverUnit?: string | null;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => [PurposeEnum])
  purposes!: Purpose[];

  @Field(() => [DisclosureMethodEnum], { nullable: true, description: "Absent: in any way." })
  methods?: DisclosureMethod[] | null;

  @Field(() => LanguageEnum, { description: "The language in which the person was informed." })
  informedIn!: Language;

  @Field(() => Boolean, { nullable: true, description: "Whether an interpreter was used; absent when not known." })
  interpreterUsed?: boolean | null;

  @Field(() => Boolean, {
    description: "Whether the person was told that it may be refused and withdrawn. `false` makes no consent.",
  })
  rightToRefuseExplained!: boolean;

  @Field(() => GraphQLLocalDate)
  givenOn!: LocalDate;

  @Field(() => GraphQLLocalDate, { description: "Last day of validity, included." })
  validUntil!: LocalDate;

  @Field(() => ConsentEventEnum, { nullable: true, description: "Ends with this event when it comes earlier." })
  endsWith?: ConsentEvent | null;
}

@Personal(consentDisclosure, { record: "consent", holders: ["OWN"] })
@ObjectType("Consent", {
  description: "A person's consent to a disclosure, or their refusal (suostumus, samtycke).",
  simpleResolvers: true,
})
export class ConsentType {
  @Field(() => ID)
  id!: string;

  @Field(() => ConsentAnswerEnum, { nullable: true })
  answer!: "GIVEN" | "REFUSED" | null;

  @Field(() => RepresentativeType, { nullable: true, description: "Null when the person gave it." })
  representative!: Representative | null;

  @Field(() => ConsentFormEnum, { nullable: true })
  form!: ConsentForm | null;

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

  @Field(() => [DisclosureMethodEnum], { nullable: true, description: "Null: in any way." })
  methods!: DisclosureMethod[] | null;

  @Field(() => LanguageEnum, { nullable: true })
  informedIn!: Language | null;

  @Field(() => Boolean, { nullable: true })
  interpreterUsed!: boolean | null;

  @Field(() => Boolean, { nullable: true })
  rightToRefuseExplained!: boolean | null;

  @Field(() => GraphQLLocalDate, { nullable: true })
  givenOn!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day of validity, included." })
  validUntil!: LocalDate | null;

  @Field(() => ConsentEventEnum, { nullable: true })
  endsWith!: ConsentEvent | null;

  @Field(() => AuthorityEnum, { nullable: true, description: "In whose service it was recorded." })
  recordedByAuthority!: Authority | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  withdrawnAt!: Date | null;

  @Field(() => AuthorityEnum, { nullable: true, description: "Who took the withdrawal." })
  withdrawnByAuthority!: Authority | null;

  @Field(() => [AuthorityEnum], {
    nullable: true,
    description: "The other parties, whom the one that took the withdrawal informs; empty while it is not withdrawn.",
  })
  withdrawalTold!: Authority[] | null;
}

export const ConsentConnection = connectionType("Consent", () => ConsentType);

@Envelope()
@ObjectType("RecordConsentPayload", { simpleResolvers: true })
export class RecordConsentPayload extends CaseChangePayload {
  @Field(() => ID, { nullable: true })
  consentId!: string | null;

  @Field(() => [ID], {
    description: "Of a refusal: documents not yet sent that rested on what it takes back. They are deleted.",
  })
  deletedDocumentIds!: DocumentId[];
}

@Envelope()
@ObjectType("WithdrawConsentPayload", { simpleResolvers: true })
export class WithdrawConsentPayload extends CaseChangePayload {
  @Field(() => ConsentType, { nullable: true, description: "As it is kept now; `withdrawalTold` says whom to inform." })
  consent!: ConsentType | null;

  @Field(() => [ID], {
    description: "Documents that rested on it and were not sent: they are deleted, and must be made again.",
  })
  deletedDocumentIds!: DocumentId[];
}
