import { Field, ObjectType } from "type-graphql";
import { Public } from "../disclosure/published.ts";

@Public()
@ObjectType({
  description: "What keeps a change from being made, told to the person who asked for it.",
  simpleResolvers: true,
})
export class UserError {
  @Field(() => String, { description: "Stable code for programs, e.g. `RECEIVER_UNKNOWN`." })
  code!: string;

  @Field(() => String, { description: "What is wrong and what to do. Never repeats a submitted value." })
  message!: string;

  @Field(() => String, { nullable: true, description: "The argument concerned, when it is one." })
  field!: string | null;
}

export const userError = (code: string, message: string, field: string | null = null): UserError => ({
  code,
  message,
  field,
});
