import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from "type-graphql";
import { OfficerType } from "../cases/record.graphql.ts";
import { Envelope, OfDisclosedFact, Personal } from "../disclosure/published.ts";
import type { Language, LocalizedText } from "../kernel/text.ts";
import { LanguageEnum } from "../operation/enums.ts";
import { LocalizedTextType, connectionType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { NOTICE_TOPICS, type NoticeTopic } from "./free-text.ts";
import type { PersonAgreement, StatementContent } from "./statement.ts";
import { NOTICED_TEXTS, noticeDisclosure, statementDisclosure } from "./statement.disclosure.ts";

@OfDisclosedFact()
@ObjectType("StatementContent", { simpleResolvers: true })
export class StatementContentType implements StatementContent {
  @Field(() => String, { description: "Which assistance is applied for, and why it is needed." })
  need!: string;

  @Field(() => String, { description: "What the prison arranges, and what it does not." })
  arrangedByPrison!: string;

  @Field(() => String)
  housingOnRelease!: string;

  @Field(() => String)
  linkToSentencePlan!: string;

  @Field(() => Boolean, { description: "The application was made together with the client." })
  preparedTogether!: boolean;
}

@OfDisclosedFact()
@ObjectType("PersonAgreement", { simpleResolvers: true })
export class PersonAgreementType implements PersonAgreement {
  @Field(() => Boolean)
  hasRead!: boolean;

  @Field(() => Boolean)
  agreesToAttach!: boolean;
}

@Personal(statementDisclosure, { record: "statement", holders: ["RISE"] })
@ObjectType("Statement", {
  description:
    "One version of a prison worker's statement (vankilan työntekijän lausunto, utlåtande av en fängelseanställd).",
  simpleResolvers: true,
})
export class StatementType {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  caseId!: string;

  @Field(() => Int, { nullable: true })
  version!: number | null;

  @Field(() => LanguageEnum, { nullable: true })
  language!: Language | null;

  @Field(() => OfficerType, { nullable: true })
  author!: OfficerType | null;

  @Field(() => StatementContentType, { nullable: true })
  content!: StatementContentType | null;

  @Field(() => PersonAgreementType, { nullable: true, description: "Null: the person was not asked yet." })
  agreement!: PersonAgreementType | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  writtenAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "A signed version is locked." })
  signedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "SHA-256 (hex) over author, content, agreement and time." })
  signedHash!: string | null;
}

export const StatementConnection = connectionType("Statement", () => StatementType);

const NoticeTopicEnum = enumType("FreeTextTopic", NOTICE_TOPICS, "What a word in free text may tell of.");

// A word of a text tells of the text.
@Personal(noticeDisclosure, {
  record: "notice",
  holders: ["RISE"],
  derivedFrom: { field: NOTICED_TEXTS, topic: NOTICED_TEXTS, word: NOTICED_TEXTS, advice: NOTICED_TEXTS },
})
@ObjectType("FreeTextNotice", {
  description: "A word that you may want to leave out; you decide.",
  simpleResolvers: true,
})
export class FreeTextNoticeType {
  @Field(() => String)
  field!: string;

  @Field(() => NoticeTopicEnum)
  topic!: NoticeTopic;

  @Field(() => String, { description: "The word as you wrote it." })
  word!: string;

  @Field(() => LocalizedTextType)
  advice!: LocalizedText;
}

@Envelope()
@ObjectType("StatementPayload", { simpleResolvers: true })
export class StatementPayload {
  @Field(() => StatementType, { nullable: true })
  statement!: StatementType | null;

  @Field(() => [FreeTextNoticeType])
  notices!: FreeTextNoticeType[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType("StatementContentInput")
class StatementContentInput implements StatementContent {
  @Field(() => String, { description: "Which assistance is applied for, and why it is needed." })
  need!: string;

  @Field(() => String, { defaultValue: "" })
  arrangedByPrison!: string;

  @Field(() => String, { defaultValue: "" })
  housingOnRelease!: string;

  @Field(() => String, { defaultValue: "" })
  linkToSentencePlan!: string;

  @Field(() => Boolean, { defaultValue: false })
  preparedTogether!: boolean;
}

@InputType("StatementAuthorInput", { description: "Your details in service, as they are printed." })
class StatementAuthorInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: "E.164." })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "Secure mail." })
  email?: string | null;
}

@InputType("WriteStatementInput")
export class WriteStatementInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => LanguageEnum)
  language!: Language;

  @Field(() => StatementContentInput)
  content!: StatementContentInput;

  @Field(() => StatementAuthorInput)
  author!: StatementAuthorInput;
}
