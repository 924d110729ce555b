import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { Public } from "../disclosure/published.ts";
import { WITHHELD_REASON_CODES, type WithheldReason } from "../disclosure/withheld-reason.ts";
import type { Authority } from "../kernel/authority.ts";
import { AuthorityEnum } from "../operation/enums.ts";
import { enumType } from "../operation/published.ts";
import { SOURCE_ISSUE_KINDS, type SourceIssue, type SourceIssueKind } from "./case.source.ts";

const SourceIssueKindEnum = enumType("SourceIssueKind", SOURCE_ISSUE_KINDS, "How a source failed.");

export const WithheldReasonEnum = enumType(
  "WithheldReason",
  WITHHELD_REASON_CODES,
  "Why a field is not disclosed to you.",
);

@Public()
@ObjectType("SourceIssue", { simpleResolvers: true })
export class SourceIssueType implements SourceIssue {
  @Field(() => AuthorityEnum)
  source!: Authority;

  @Field(() => SourceIssueKindEnum)
  kind!: SourceIssueKind;

  @Field(() => String)
  message!: string;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it was last asked again; null when it was asked once.",
  })
  retriedAt!: Date | null;
}

@Public()
@ObjectType("WithheldField", { simpleResolvers: true })
export class WithheldFieldType {
  @Field(() => String, { description: "E.g. `benefits.benefits`." })
  path!: string;

  @Field(() => AuthorityEnum, { description: "Whose facts are withheld." })
  holder!: Authority;

  @Field(() => WithheldReasonEnum)
  reason!: WithheldReason;
}
