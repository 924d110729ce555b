import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { Public } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { EVIDENCE, type Evidence } from "../kernel/evidence.ts";
import type { ContactPointId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { LocalizedTextType, enumType } from "../operation/published.ts";
import type { ContactSystem, Phase, Situation, VerificationStatus } from "./contact.ts";
import {
  CONTACT_ROLES,
  type ContactAnswer,
  type ContactOption,
  type ContactRole,
  type ContactStep,
  RECEIVER_BASES,
  RECEIVER_STATUSES,
  type Receiver,
  type ReceiverBasis,
  type ReceiverStatus,
} from "./contact-answer.ts";
import {
  ContactSystemEnum,
  OrganisationKindEnum,
  PhaseEnum,
  SituationEnum,
  VerificationEnum,
} from "./contact-point.graphql.ts";
import type { OrganisationKind } from "./reference.ts";

export { PhaseEnum, SituationEnum };

const ReceiverStatusEnum = enumType(
  "ReceiverStatus",
  RECEIVER_STATUSES,
  "Whether there is a receiver, and if not, why. None, unknown and failed are different things.",
);
const ReceiverBasisEnum = enumType("ReceiverBasis", RECEIVER_BASES, "By what the receiver was found.");
const ContactRoleEnum = enumType(
  "ContactRole",
  CONTACT_ROLES,
  "In the order in which they are to be tried; the crisis service is no equal alternative.",
);
export const EvidenceEnum = enumType(
  "Evidence",
  EVIDENCE,
  "STATUTE read in the act, DOCUMENT printed in a named document, UNVERIFIED not seen in a source.",
);

@Public()
@ObjectType("ContactReceiver", { description: "Vastaanottaja · mottagare.", simpleResolvers: true })
class ReceiverType implements Receiver {
  @Field(() => String)
  code!: string;

  @Field(() => OrganisationKindEnum)
  kind!: OrganisationKind;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => ReceiverBasisEnum)
  basis!: ReceiverBasis;

  @Field(() => Boolean, { description: "False where no source settles that this is the one; the note says why." })
  certain!: boolean;

  @Field(() => LocalizedTextType, { nullable: true })
  note!: LocalizedText | null;

  @Field(() => String, {
    nullable: true,
    description: "The receiver's own language where it has one (Åland: sv); null: the person's.",
  })
  writeIn!: "fi" | "sv" | null;
}

@Public()
@ObjectType("ContactOption", { simpleResolvers: true })
export class ContactOptionType implements ContactOption {
  @Field(() => ContactRoleEnum)
  role!: ContactRole;

  @Field(() => ID, { nullable: true })
  contactPointId!: ContactPointId | null;

  @Field(() => ContactSystemEnum)
  system!: ContactSystem;

  @Field(() => String, {
    nullable: true,
    description: "Null where it must not be used as it stands; `how` tells what to do instead.",
  })
  value!: string | null;

  @Field(() => String, { nullable: true })
  displayValue!: string | null;

  @Field(() => Boolean)
  shortNumber!: boolean;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => String, { nullable: true })
  service!: string | null;

  @Field(() => String, { nullable: true })
  hours!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Null when its hours are not known." })
  openNow!: boolean | null;

  @Field(() => [String])
  languages!: string[];

  @Field(() => LocalizedTextType, { nullable: true })
  onlyFor!: LocalizedText | null;

  @Field(() => LocalizedTextType, { nullable: true })
  how!: LocalizedText | null;

  @Field(() => VerificationEnum, {
    nullable: true,
    description: "Null for an own worker, who is not of the directory.",
  })
  verification!: VerificationStatus | null;

  @Field(() => GraphQLLocalDate, { nullable: true })
  verifiedOn!: LocalDate | null;

  @Field(() => String, { nullable: true })
  source!: string | null;
}

@Public()
@ObjectType("IncludeItem", {
  description: "Mitä yhteydenottoon sisällytetään · vad som tas med i kontakten.",
  simpleResolvers: true,
})
class IncludeItemType {
  @Field(() => String)
  code!: string;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;
}

@Public()
@ObjectType("Citation", { description: "Where a rule or text comes from.", simpleResolvers: true })
class CitationType {
  @Field(() => String)
  source!: string;

  @Field(() => EvidenceEnum)
  evidence!: Evidence;

  @Field(() => GraphQLLocalDate)
  checkedOn!: LocalDate;
}

@Public()
@ObjectType("LookUp", { description: "Where present contact details can be looked up.", simpleResolvers: true })
class LookUpType {
  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => String)
  url!: string;
}

@Public()
@ObjectType("ContactStep", {
  description: "One step of the manual: whom, by what means, with what, on which ground.",
  simpleResolvers: true,
})
class ContactStepType implements ContactStep {
  @Field(() => String, { description: "The step of the manual, e.g. P2." })
  code!: string;

  @Field(() => LocalizedTextType)
  instruction!: LocalizedText;

  @Field(() => ContactSystemEnum)
  preferredChannel!: ContactSystem;

  @Field(() => [IncludeItemType], { description: "Always the Rise officer's own contact details among them." })
  include!: IncludeItemType[];

  @Field(() => CitationType)
  citation!: CitationType;

  @Field(() => ReceiverStatusEnum)
  receiverStatus!: ReceiverStatus;

  @Field(() => ReceiverType, { nullable: true })
  receiver!: Receiver | null;

  @Field(() => LocalizedTextType, { nullable: true, description: "What to do when there is no receiver." })
  withoutReceiver!: LocalizedText | null;

  @Field(() => [ContactOptionType], { description: "In the order in which to try them." })
  contacts!: ContactOption[];

  @Field(() => VerificationEnum, { description: "The best that stands behind the named channel." })
  verification!: VerificationStatus;

  @Field(() => [LocalizedTextType])
  missing!: LocalizedText[];

  @Field(() => [LookUpType])
  lookUp!: LookUpType[];
}

@Public()
@ObjectType("ContactAnswer", {
  description: "Keneen otan yhteyttä ja miten · vem kontaktar jag och hur.",
  simpleResolvers: true,
})
export class ContactAnswerType implements ContactAnswer {
  @Field(() => SituationEnum)
  situation!: Situation;

  @Field(() => PhaseEnum)
  phase!: Phase;

  @Field(() => [ContactStepType])
  steps!: ContactStep[];
}
