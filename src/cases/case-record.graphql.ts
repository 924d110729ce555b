import { Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Personal } from "../disclosure/published.ts";
import { connectionType } from "../operation/published.ts";
import { ContactOutcomeEnum } from "./case-input.graphql.ts";
import { type ContactOutcome, recordedContactDisclosure } from "./recorded-contact.ts";

@Personal(recordedContactDisclosure, { record: "contact", holders: ["OWN"] })
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

export const RecordedContactConnection = connectionType("RecordedContact", () => RecordedContactType);
