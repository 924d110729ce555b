import type { GraphQLResolveInfo } from "graphql";
import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Ctx, Info, Query, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { DisclosureExplanation } from "./explain.graphql.ts";
import type { ExplainService } from "./explain.service.ts";

@Resolver()
export class ExplainResolver {
  constructor(private readonly service: ExplainService) {}

  @TouchesPerson("EXPLAIN", { kind: "NOBODY_NAMED" })
  @Query(() => DisclosureExplanation, {
    description:
      "What a GraphQL operation would disclose to you now, on which legal basis, and what it would withhold and why. " +
      "Nothing of it is executed and no authority is asked.",
  })
  explainDisclosure(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("operation", () => String, { description: "A GraphQL document." }) operation: string,
    @Arg("variables", () => GraphQLJSONObject, { nullable: true }) variables?: Record<string, unknown> | null,
    @Arg("operationName", () => String, { nullable: true, description: "When the document holds several." })
    operationName?: string | null,
  ): Promise<DisclosureExplanation> {
    return this.service.explainDisclosure(callerOf(context), {
      schema: info.schema,
      operation,
      operationName: operationName ?? null,
      variables: variables ?? {},
    });
  }
}
