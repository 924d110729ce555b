import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { caseListInput } from "../cases/case-selection.ts";
import { TouchesPerson } from "../disclosure/published.ts";
import { pageRequest } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import {
  SubjectAccessArgs,
  SubjectAccessType,
  TraceArgs,
  TraceConnection,
  type TraceEntryType,
} from "./rights.graphql.ts";
import type { SubjectAccessService } from "./subject-access.service.ts";
import type { TraceService } from "./trace.service.ts";

@Resolver()
export class RightsResolver {
  constructor(
    private readonly traces: TraceService,
    private readonly access: SubjectAccessService,
  ) {}

  @Query(() => TraceConnection, {
    description: "Who looked at or received your data, when and on which basis, newest first. For the person alone.",
  })
  @TouchesPerson("READ_OWN_LOG", { kind: "OWN_CASES" })
  async myTrace(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => TraceArgs) { since, until, ...page }: TraceArgs,
  ): Promise<Connection<TraceEntryType>> {
    const period = { since: since ?? null, until: until ?? null };
    const input = { page: pageRequest(page), selected: selectedBy(info), ...period };
    return connectionOf(await this.traces.myTrace(callerOf(context), input));
  }

  @Query(() => SubjectAccessType, {
    description: "For the controller: the log of its own register about a person, and what the hub holds in it.",
  })
  @TouchesPerson("SUBJECT_ACCESS", { kind: "CASE", argument: "caseId" })
  async subjectAccess(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => SubjectAccessArgs) { since, until, reason, ...list }: SubjectAccessArgs,
  ): Promise<SubjectAccessType> {
    const period = { since: since ?? null, until: until ?? null, reason: reason ?? null };
    const input = { ...caseListInput(context, info, list), ...period };
    const { trace, limits, ...rest } = await this.access.subjectAccess(callerOf(context), input);
    return { ...rest, trace: connectionOf(trace), limits: [...limits] };
  }
}
