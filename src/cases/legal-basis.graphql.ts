import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import type { Purpose } from "../access/purpose.ts";
import { CALLER_ROLES, type CallerRole } from "../access/role.ts";
import { EvidenceEnum } from "../contacts/contact.graphql.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import {
  LEGAL_BASIS_CODES,
  LEGAL_BASIS_KINDS,
  type LegalBasis,
  type LegalBasisCode,
  type LegalBasisKind,
  type Opening,
} from "../disclosure/legal-basis.ts";
import { Public } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Evidence } from "../kernel/evidence.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { AuthorityEnum, DataCategoryEnum, PurposeEnum } from "../operation/enums.ts";
import { LocalizedTextType, enumType } from "../operation/published.ts";

export const LegalBasisCodeEnum = enumType(
  "LegalBasisCode",
  LEGAL_BASIS_CODES,
  "The sections under which data may be disclosed; `legalBases` tells each. The log names them.",
);
const LegalBasisKindEnum = enumType(
  "LegalBasisKind",
  LEGAL_BASIS_KINDS,
  "Opens by the section alone, by a granted request, by a notification with its reason, or by the person's consent.",
);
const CallerRoleEnum = enumType("CallerRole", CALLER_ROLES, "Who asks.");

@Public()
@ObjectType("LegalBasisOpening", {
  description: "Whose facts of which kinds go to whom for what; all that is named, together.",
  simpleResolvers: true,
})
class OpeningType implements Opening {
  @Field(() => [AuthorityEnum], { description: "Empty where the holder is not in the hub." })
  senders!: readonly Authority[];

  @Field(() => [CallerRoleEnum], { description: "Empty where the receiver is not in the hub." })
  receivers!: readonly CallerRole[];

  @Field(() => [DataCategoryEnum])
  categories!: readonly DataCategory[];

  @Field(() => [PurposeEnum])
  purposes!: readonly Purpose[];
}

@Public()
@ObjectType("LegalBasis", { description: "Luovutusperuste · grund för utlämnande.", simpleResolvers: true })
export class LegalBasisType implements LegalBasis {
  @Field(() => LegalBasisCodeEnum)
  code!: LegalBasisCode;

  @Field(() => String, { description: "Number of the act in the statute book." })
  act!: string;

  @Field(() => String)
  section!: string;

  @Field(() => String)
  citation!: string;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;

  @Field(() => LegalBasisKindEnum)
  kind!: LegalBasisKind;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "First day in force; null: not looked up." })
  validFrom!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day in force, included; null: none known." })
  validTo!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { description: "The state of the act that was read." })
  checkedOn!: LocalDate;

  @Field(() => EvidenceEnum)
  evidence!: Evidence;

  @Field(() => [OpeningType])
  opens!: readonly Opening[];

  @Field(() => Boolean)
  needsConsent!: boolean;

  @Field(() => Boolean, { description: "A specified and reasoned request: `requestInformation`." })
  needsRequest!: boolean;

  @Field(() => Boolean)
  needsReason!: boolean;

  @Field(() => LocalizedTextType, {
    nullable: true,
    description: "Why nothing leaves through the hub under it; null when it opens.",
  })
  closed!: LocalizedText | null;
}
