import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import {
  ConsentConnection,
  type ConsentType,
  RecordedContactConnection,
  type RecordedContactType,
} from "./case-record.graphql.ts";
import type { CaseRecordService } from "./case-record.service.ts";
import { caseListInput } from "./case-selection.ts";

@Resolver()
export class CaseRecordResolver {
  constructor(private readonly service: CaseRecordService) {}

  @Query(() => ConsentConnection, {
    description: "The consents and refusals that name your authority, first recorded first.",
  })
  async consents(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<ConsentType>> {
    return connectionOf(await this.service.listConsents(callerOf(context), caseListInput(context, info, args)));
  }

  @Query(() => RecordedContactConnection, {
    description: "The contacts noted in your authority's service, first made first.",
  })
  async recordedContacts(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<RecordedContactType>> {
    return connectionOf(await this.service.listContacts(callerOf(context), caseListInput(context, info, args)));
  }
}
