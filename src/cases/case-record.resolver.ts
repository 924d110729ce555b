import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { RecordedContactConnection, type RecordedContactType } from "./case-record.graphql.ts";
import type { CaseRecordService } from "./case-record.service.ts";
import { caseListInput } from "./case-selection.ts";
import { ConsentConnection, type ConsentType } from "./consent.graphql.ts";

@Resolver()
export class CaseRecordResolver {
  constructor(private readonly service: CaseRecordService) {}

  @TouchesPerson("RECORD_CONSENT", { kind: "CASE", argument: "caseId" })
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

  @TouchesPerson("RECORD_FACT", { kind: "CASE", argument: "caseId" })
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
