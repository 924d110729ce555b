import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from "type-graphql";
import type { Purpose } from "../access/purpose.ts";
import type { ContactOption } from "../contacts/contact-answer.ts";
import { ContactOptionType } from "../contacts/contact.graphql.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import type { LegalBasisCode } from "../disclosure/legal-basis.ts";
import { permitDisclosure } from "../disclosure/permit.disclosure.ts";
import { PERMIT_STATES, type PermitState } from "../disclosure/permit.ts";
import { Envelope, Personal } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { AuthorityEnum, DataCategoryEnum, PurposeEnum } from "../operation/enums.ts";
import { connectionType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { CaseChangePayload } from "./case-input.graphql.ts";
import { LegalBasisCodeEnum } from "./legal-basis.graphql.ts";
import { NOTIFICATION_BASES, type NotificationBasis, type NotificationOutcome } from "./notification.service.ts";
import type { InformationRequestInput, RequestAnswer } from "./permit.service.ts";

const RequestStateEnum = enumType(
  "InformationRequestState",
  PERMIT_STATES,
  "Only a granted request opens anything, and only what was granted.",
);
const NotificationBasisEnum = enumType(
  "NotificationBasis",
  NOTIFICATION_BASES,
  "SHL 35.2 § for the person; LsL 25 § and 25 c § for a child, whose own matter it is.",
);

@InputType("InformationRequestInput", {
  description: "A specified and reasoned request (yksilöity ja perusteltu tietopyyntö, specificerad och motiverad).",
})
export class InformationRequestInputType implements Omit<InformationRequestInput, "holderUnit"> {
  @Field(() => ID)
  caseId!: string;

  @Field(() => LegalBasisCodeEnum, { description: "One that `legalBases` shows as needing a request." })
  basis!: LegalBasisCode;

  @Field(() => AuthorityEnum)
  holder!: Authority;

  @Field(() => String, { nullable: true, description: "Code of the asked county or employment area." })
  holderUnit?: string | null;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => String, { description: "For which task each is needed." })
  reason!: string;
}

@InputType("AnswerInformationRequestInput")
export class AnswerInformationRequestInputType implements Omit<RequestAnswer, "categories" | "reason"> {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  granted!: boolean;

  @Field(() => [DataCategoryEnum], { nullable: true, description: "When granted: all that was asked, or a part." })
  categories?: DataCategory[] | null;

  @Field(() => String, { nullable: true, description: "When declined: why." })
  reason?: string | null;
}

@InputType("StatutoryNotificationInput")
export class StatutoryNotificationInputType {
  @Field(() => NotificationBasisEnum)
  basis!: NotificationBasis;

  @Field(() => ID, {
    nullable: true,
    description: "For SHL 35.2 § the person's case. For a child none: nothing of it is kept in a parent's case.",
  })
  caseId?: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { nullable: true, description: "Code of the county, where it is known." })
  receiverUnit?: string | null;
}

@Personal(permitDisclosure, { record: "request", holders: ["OWN"] })
@ObjectType("InformationRequest", { description: "Tietopyyntö · begäran om uppgifter.", simpleResolvers: true })
export class InformationRequestType {
  @Field(() => ID)
  id!: string;

  @Field(() => LegalBasisCodeEnum, { nullable: true })
  basis!: LegalBasisCode | null;

  @Field(() => RequestStateEnum, { nullable: true })
  state!: PermitState | null;

  @Field(() => AuthorityEnum, { nullable: true, description: "Who is asked." })
  holder!: Authority | null;

  @Field(() => String, { nullable: true })
  holderUnit!: string | null;

  @Field(() => AuthorityEnum, { nullable: true, description: "Who asks." })
  receiver!: Authority | null;

  @Field(() => String, { nullable: true })
  receiverUnit!: string | null;

  @Field(() => [DataCategoryEnum], { nullable: true })
  requested!: DataCategory[] | null;

  @Field(() => [DataCategoryEnum], { nullable: true, description: "What was granted." })
  categories!: DataCategory[] | null;

  @Field(() => PurposeEnum, { nullable: true })
  purpose!: Purpose | null;

  @Field(() => GraphQLLocalDate, { nullable: true })
  from!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day, included." })
  until!: LocalDate | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => String, { nullable: true })
  requestedByName!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  requestedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  answeredAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was declined." })
  answer!: string | null;
}

export const InformationRequestConnection = connectionType("InformationRequest", () => InformationRequestType);

@Envelope()
@ObjectType("InformationRequestPayload", { simpleResolvers: true })
export class InformationRequestPayload extends CaseChangePayload {
  @Field(() => ID, { nullable: true })
  requestId!: string | null;
}

@Envelope()
@ObjectType("StatutoryNotificationPayload", { simpleResolvers: true })
export class StatutoryNotificationPayload implements NotificationOutcome {
  @Field(() => ID, { description: "Of the attempt, which is on record whatever the outcome." })
  notificationId!: NotificationOutcome["notificationId"];

  @Field(() => Boolean, { description: "Whether the county now sees through the hub what it needs." })
  opened!: boolean;

  @Field(() => [ContactOptionType], { description: "Call the first at once. Never empty." })
  contactNow!: ContactOption[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}
