import { Field, ID, ObjectType } from "type-graphql";
import type { DataCategory } from "../disclosure/data-category.ts";
import { Envelope, OfDecision, Public } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { AuthorityEnum, DataCategoryEnum } from "../operation/enums.ts";
import { LocalizedTextType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { WithheldReasonEnum } from "./case-status.graphql.ts";
import { DISCLOSURE_VERDICTS, type DisclosureVerdict, type HolderVerdict, type SendingExplanation } from "./explain.ts";

const DisclosureVerdictEnum = enumType(
  "DisclosureVerdict",
  DISCLOSURE_VERDICTS,
  "MAY_LEAVE: leaves when the holder has it; WITHHELD: closed by rule, whether or not there is a value; " +
    "DEPENDS_ON_PLACE: leaves unless the address is protected (turvakielto, spärrmarkering) or that is not known, " +
    "which is asked only at the moment of use.",
);

@Public()
@ObjectType("DisclosureBasis", { description: "Act and section under which a fact may leave.", simpleResolvers: true })
class DisclosureBasis {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  citation!: string;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;
}

@Public()
@ObjectType("WithheldBecause", { simpleResolvers: true })
class WithheldBecause {
  @Field(() => WithheldReasonEnum)
  code!: NonNullable<HolderVerdict["reason"]>["code"];

  @Field(() => LocalizedTextType)
  text!: LocalizedText;
}

// A reason tells no more than `withheld` does when the operation is run, and an id of a consent or permit is told only
// to the receiver whom it names.
@OfDecision()
@ObjectType("HolderVerdict", { description: "What the rule says of one holder's word.", simpleResolvers: true })
class HolderVerdictType implements HolderVerdict {
  @Field(() => AuthorityEnum)
  holder!: Authority;

  @Field(() => DisclosureVerdictEnum)
  verdict!: DisclosureVerdict;

  @Field(() => DisclosureBasis, { nullable: true, description: "Null when withheld." })
  basis!: HolderVerdict["basis"];

  @Field(() => ID, { nullable: true, description: "The consent or permit on which it rests; null: the law alone." })
  groundId!: string | null;

  @Field(() => WithheldBecause, { nullable: true, description: "Null unless withheld." })
  reason!: HolderVerdict["reason"];
}

@OfDecision()
@ObjectType("FieldExplanation", { simpleResolvers: true })
class FieldExplanationType {
  @Field(() => String)
  type!: string;

  @Field(() => String)
  field!: string;

  @Field(() => String, { description: "As it goes on record, e.g. `sentence.conditionalReleaseOn`." })
  path!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [HolderVerdictType], { description: "One for each authority that may hold it." })
  verdicts!: HolderVerdict[];

  @Field(() => [HolderVerdictType], {
    description:
      "The same for words that workers of other authorities can enter with `recordFact`; listed whether or not there is any.",
  })
  enteredWords!: HolderVerdict[];
}

@OfDecision()
@ObjectType("SendingExplanation", { simpleResolvers: true })
class SendingExplanationType implements SendingExplanation {
  @Field(() => String, { description: "As it goes on record; `document.bytes` is the PDF as it was made." })
  path!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => AuthorityEnum)
  holder!: Authority;

  @Field(() => DisclosureBasis)
  basis!: SendingExplanation["basis"];

  @Field(() => AuthorityEnum)
  receiver!: Authority;
}

@OfDecision()
@ObjectType("PersonExplanation", { simpleResolvers: true })
class PersonExplanationType {
  @Field(() => ID)
  caseId!: string;

  @Field(() => [FieldExplanationType], {
    description: "Every personal field that the document selects of this person.",
  })
  fields!: FieldExplanationType[];

  @Field(() => [SendingExplanationType], {
    description: "What running it would send to another than you, if nothing keeps it back.",
  })
  sends!: SendingExplanationType[];
}

@OfDecision()
@ObjectType("RootExplanation", { description: "What one root field would disclose.", simpleResolvers: true })
class RootExplanationType {
  @Field(() => String, { description: "The field's key in the answer: its alias, or its name." })
  responseKey!: string;

  @Field(() => String)
  field!: string;

  @Field(() => Boolean, { description: "It changes something." })
  writes!: boolean;

  @Field(() => Boolean)
  touchesPerson!: boolean;

  @Field(() => Boolean, { description: "Whether your role and purpose may run it at all." })
  mayRun!: boolean;

  @Field(() => String, { nullable: true, description: "Why not." })
  refusal!: string | null;

  @Field(() => [PersonExplanationType], {
    description: "The persons within your remit whom it concerns. Another's case is missing like one that never was.",
  })
  people!: PersonExplanationType[];
}

@Envelope()
@ObjectType("DisclosureExplanation", { simpleResolvers: true })
export class DisclosureExplanation {
  @Field(() => [RootExplanationType])
  roots!: RootExplanationType[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}
