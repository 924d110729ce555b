import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { PageArgs, pageRequest } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import type { CaseEntryService } from "./case-entry.service.ts";
import {
  CaseChangePayload,
  OpenCaseInputType,
  RecordContactInputType,
  RecordFactInputType,
} from "./case-input.graphql.ts";
import { caseSelection, scopeOf } from "./case-selection.ts";
import type { CaseView } from "./case-view.ts";
import { CaseConnection, CaseType } from "./case.graphql.ts";
import type { CaseService } from "./case.service.ts";

@Resolver()
export class CaseResolver {
  constructor(
    private readonly service: CaseService,
    private readonly entries: CaseEntryService,
  ) {}

  @TouchesPerson("READ_CASE", { kind: "CASE", argument: "id" })
  @Query(() => CaseType, { nullable: true, description: "Null when there is no such case within your remit." })
  case(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID) id: string,
  ): Promise<CaseView | null> {
    return this.service.getCase(callerOf(context), { id, selection: caseSelection(context, info) });
  }

  @TouchesPerson("READ_CASE", { kind: "OWN_CASES" })
  @Query(() => CaseConnection, { description: "The cases within your remit, first opened first." })
  async cases(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<CaseView>> {
    return connectionOf(
      await this.service.listCases(callerOf(context), {
        page: pageRequest(args),
        selection: caseSelection(context, info),
      }),
    );
  }

  @TouchesPerson("OPEN_CASE", { kind: "NOBODY_NAMED" })
  @Mutation(() => CaseChangePayload, {
    description:
      "Opens a case, or joins you to the one there is, once your own authority's system shows the person as served by your unit.",
  })
  openCase(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => OpenCaseInputType) input: OpenCaseInputType,
  ): Promise<CaseChangePayload> {
    const scope = scopeOf(context, info);
    return this.entries.openCase(callerOf(context), { ...input, hetu: input.hetu ?? null, scope });
  }

  @TouchesPerson("RECORD_FACT", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => CaseChangePayload, { description: "Enters a fact that no source holds, or another word on one." })
  recordFact(
    @Ctx() context: RequestContext,
    @Arg("input", () => RecordFactInputType) input: RecordFactInputType,
  ): Promise<CaseChangePayload> {
    return this.entries.recordFact(callerOf(context), input);
  }

  @TouchesPerson("RECORD_FACT", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => CaseChangePayload, { description: "Notes whom you contacted about a case, and how it went." })
  recordContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => RecordContactInputType) input: RecordContactInputType,
  ): Promise<CaseChangePayload> {
    return this.entries.recordContact(callerOf(context), input);
  }
}
