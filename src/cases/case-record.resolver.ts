import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { ConsentType, RecordedContactType } from "./case-record.graphql.ts";
import { caseSelection } from "./case-selection.ts";
import type { CaseRecordService } from "./case-record.service.ts";

@Resolver()
export class CaseRecordResolver {
  constructor(private readonly service: CaseRecordService) {}

  @Query(() => [ConsentType], {
    description: "The consents and refusals that name your authority, first recorded first.",
  })
  consents(@Ctx() context: RequestContext, @Arg("caseId", () => ID) caseId: string): Promise<ConsentType[]> {
    return this.service.listConsents(callerOf(context), { caseId });
  }

  @Query(() => [RecordedContactType], {
    description: "The contacts noted in your authority's service, first made first.",
  })
  recordedContacts(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("caseId", () => ID) caseId: string,
  ): Promise<RecordedContactType[]> {
    return this.service.listContacts(callerOf(context), { caseId, scope: caseSelection(context, info).scope });
  }
}
