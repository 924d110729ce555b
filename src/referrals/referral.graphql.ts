import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from "type-graphql";
import { Envelope, OfDisclosedFact, Personal } from "../disclosure/published.ts";
import { connectionType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { FreeTextNoticeType } from "../statements/statement.graphql.ts";
import {
  type OwnWorker,
  type ReferralKind,
  type ReferralState,
  REFERRAL_KINDS,
  REFERRAL_STATES,
  answeredReferralDisclosure,
  referralDisclosure,
} from "./referral.ts";

const ReferralKindEnum = enumType("ReferralKind", REFERRAL_KINDS, "What is sent.");
const ReferralStateEnum = enumType(
  "ReferralState",
  REFERRAL_STATES,
  "REQUESTED: sent; RECEIVED: taken in by the receiver; ACCEPTED: an own worker is named.",
);

@OfDisclosedFact()
@ObjectType("OwnWorker", { description: "omatyöntekijä, egen kontaktperson", simpleResolvers: true })
export class OwnWorkerType implements OwnWorker {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: "E.164." })
  phone!: string | null;
}

@Personal(referralDisclosure, {
  record: "referral",
  holders: (field) => (field in answeredReferralDisclosure ? ["COUNTY"] : ["RISE"]),
})
@ObjectType("Referral", { simpleResolvers: true })
export class ReferralType {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  caseId!: string;

  @Field(() => ReferralKindEnum, { nullable: true })
  kind!: ReferralKind | null;

  @Field(() => ID, { nullable: true })
  documentId!: string | null;

  @Field(() => ReferralStateEnum, {
    nullable: true,
    description: "Null when the county's answer is not disclosed to you.",
  })
  state!: ReferralState | null;

  @Field(() => String, { nullable: true })
  senderUnit!: string | null;

  @Field(() => String, { nullable: true })
  senderName!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  sentAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Code of the receiving county." })
  receiverUnit!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  receivedAt!: Date | null;

  @Field(() => OwnWorkerType, { nullable: true })
  ownWorker!: OwnWorker | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  answeredAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: "Grows with each change, so it is told to those to whom the county's answer is.",
  })
  version!: number | null;
}

export const ReferralConnection = connectionType("Referral", () => ReferralType);

@Envelope()
@ObjectType("ReferralPayload", { simpleResolvers: true })
export class ReferralPayload {
  @Field(() => ReferralType, { nullable: true })
  referral!: ReferralType | null;

  @Field(() => [FreeTextNoticeType], { description: "Words in the statement that may tell of health or crime." })
  notices!: FreeTextNoticeType[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType("SubmitApplicationInput")
export class SubmitApplicationInput {
  @Field(() => ID)
  documentId!: string;

  @Field(() => Boolean, { description: "The person has asked that this application be sent." })
  personApplies!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "You have read the notices about the statement's free text and send it so.",
  })
  freeTextReviewed!: boolean;
}

@InputType("OwnWorkerInput")
class OwnWorkerInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}

@InputType("AcceptReferralInput")
export class AcceptReferralInput {
  @Field(() => ID)
  referralId!: string;

  @Field(() => Int, { description: "The version that you saw." })
  version!: number;

  @Field(() => OwnWorkerInput)
  ownWorker!: OwnWorkerInput;
}
