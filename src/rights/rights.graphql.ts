import { GraphQLLocalDate } from "graphql-scalars";
import { ArgsType, Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { AUTHORITIES } from "../kernel/authority.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { Envelope, OfDisclosedFact, Personal, Public } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { DataCategoryEnum } from "../operation/enums.ts";
import { PageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, LocalizedTextType, connectionType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { OLDER_LOG_REASONS, type OlderLogReason } from "./access-limits.ts";
import { heldRecordDisclosure } from "./subject-access.service.ts";
import {
  TRACE_KINDS,
  type TraceKind,
  type TracedBasis,
  type TracedData,
  type TracedUser,
  subjectTraceDisclosure,
  traceDisclosure,
} from "./trace-entry.ts";

const TraceKindEnum = enumType(
  "TraceKind",
  TRACE_KINDS,
  "LOOKED_AT: read in the own register; RECEIVED: got from another authority's; CHANGED: something was recorded; SENT: went out in the person's name; TOOK_IN: was taken in or answered.",
);
const OlderLogReasonEnum = enumType(
  "OlderLogReason",
  OLDER_LOG_REASONS,
  "The special reason for log entries older than two years (703/2023 section 11.2).",
);

@OfDisclosedFact()
@ObjectType("TracedUser", { simpleResolvers: true })
export class TracedUserType implements TracedUser {
  @Field(() => String, { nullable: true, description: "Null for entries from before names were kept." })
  name!: string | null;

  @Field(() => LocalizedTextType)
  role!: LocalizedText;

  @Field(() => LocalizedTextType, { description: "The unit, or the authority." })
  organisation!: LocalizedText;
}

@OfDisclosedFact()
@ObjectType("TracedData", { simpleResolvers: true })
export class TracedDataType implements TracedData {
  @Field(() => DataCategoryEnum, { nullable: true, description: "Null for other data, which is not named." })
  category!: DataCategory | null;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;
}

@OfDisclosedFact()
@ObjectType("TracedBasis", { simpleResolvers: true })
export class TracedBasisType implements TracedBasis {
  @Field(() => String, { description: "Act and section." })
  citation!: string;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "When it rests on a consent: the day it was given." })
  consentGivenOn!: LocalDate | null;
}

@Personal(traceDisclosure, { record: "trace", holders: AUTHORITIES })
@ObjectType("TraceEntry", {
  description: "One entry of the person's log (käyttöloki ja luovutusloki, användnings- och utlämnandelogg).",
  simpleResolvers: true,
})
export class TraceEntryType {
  @Field(() => GraphQLISODateTime, { nullable: true })
  at!: Date | null;

  @Field(() => TraceKindEnum, { nullable: true })
  kind!: TraceKind | null;

  @Field(() => LocalizedTextType, { nullable: true, description: "What was done, as the rest of a sentence." })
  did!: LocalizedText | null;

  @Field(() => TracedUserType, { nullable: true })
  who!: TracedUser | null;

  @Field(() => [TracedDataType], { nullable: true, description: "The kinds of data that were seen." })
  data!: TracedData[] | null;

  @Field(() => [LocalizedTextType], { nullable: true, description: "Whose registers the data came from." })
  registers!: LocalizedText[] | null;

  @Field(() => LocalizedTextType, { nullable: true })
  purpose!: LocalizedText | null;

  @Field(() => [TracedBasisType], { nullable: true })
  bases!: TracedBasis[] | null;

  @Field(() => LocalizedTextType, { nullable: true, description: "To whom it was sent, when it was." })
  sentTo!: LocalizedText | null;

  @Field(() => LocalizedTextType, { nullable: true, description: "The whole entry in plain language." })
  sentence!: LocalizedText | null;
}

@Personal(subjectTraceDisclosure, { record: "subjectTrace", holders: ["OWN"] })
@ObjectType("SubjectTraceEntry", {
  description: "An entry of the log for the controller, with ids.",
  simpleResolvers: true,
})
export class SubjectTraceEntryType extends TraceEntryType {
  @Field(() => String, { nullable: true })
  operation!: string | null;

  @Field(() => String, { nullable: true, description: "Unique id of the user." })
  userId!: string | null;

  @Field(() => String, { nullable: true, description: "Id of the statement, document, referral … concerned." })
  subjectId!: string | null;
}

@OfDisclosedFact()
@ObjectType("HeldField", { simpleResolvers: true })
export class HeldFieldType {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: "As text; what has parts, as JSON." })
  value!: string | null;
}

@Personal(heldRecordDisclosure, { record: "holding", holders: ["OWN"] })
@ObjectType("HeldRecord", {
  description: "A record that the hub holds about the person in your authority's register.",
  simpleResolvers: true,
})
export class HeldRecordType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  table!: string | null;

  @Field(() => LocalizedTextType, { nullable: true })
  name!: LocalizedText | null;

  @Field(() => [HeldFieldType], { nullable: true })
  fields!: HeldFieldType[] | null;
}

@Public()
@ObjectType("AccessLimit", {
  description: "What the person does not get of a register; the same for everybody, whatever there is.",
  simpleResolvers: true,
})
export class AccessLimitType {
  @Field(() => String)
  code!: string;

  @Field(() => LocalizedTextType)
  register!: LocalizedText;

  @Field(() => LocalizedTextType)
  leftOut!: LocalizedText;

  @Field(() => String, { description: "Act and section." })
  citation!: string;

  @Field(() => LocalizedTextType, { description: "Who decides on it, and how." })
  decision!: LocalizedText;

  @Field(() => GraphQLLocalDate, { description: "The day on which the section was last read." })
  checkedOn!: LocalDate;
}

export const TraceConnection = connectionType("Trace", () => TraceEntryType);
const SubjectTraceConnection = connectionType("SubjectTrace", () => SubjectTraceEntryType);

@Envelope()
@ObjectType("SubjectAccess", { simpleResolvers: true })
export class SubjectAccessType {
  @Field(() => SubjectTraceConnection, { description: "Newest first." })
  trace!: Connection<SubjectTraceEntryType>;

  @Field(() => [HeldRecordType])
  holdings!: HeldRecordType[];

  @Field(() => [AccessLimitType])
  limits!: AccessLimitType[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ArgsType()
export class TraceArgs extends PageArgs {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "First day, included. Your own log goes back two years at most.",
  })
  since?: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day, included." })
  until?: LocalDate | null;
}

@ArgsType()
export class SubjectAccessArgs extends TraceArgs {
  @Field(() => ID)
  caseId!: string;

  @Field(() => OlderLogReasonEnum, { nullable: true, description: "Needed for entries older than two years." })
  reason?: OlderLogReason | null;
}
