import { ArgsType, Field, ID, Int } from "type-graphql";
import type { PageRequest } from "../kernel/page.ts";

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: "1-100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "Cursor of an earlier page; what follows it." })
  after?: string | null;
}

/** The things that hang on one case, page by page. */
@ArgsType()
export class CasePageArgs extends PageArgs {
  @Field(() => ID)
  caseId!: string;
}

export const pageRequest = ({ first, after }: PageArgs): PageRequest => ({ first, after: after ?? undefined });
