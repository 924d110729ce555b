import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { caseListInput } from "./case-selection.ts";
import type { NotificationService } from "./notification.service.ts";
import {
  AnswerInformationRequestInputType,
  InformationRequestConnection,
  InformationRequestInputType,
  InformationRequestPayload,
  type InformationRequestType,
  StatutoryNotificationInputType,
  StatutoryNotificationPayload,
} from "./permit.graphql.ts";
import type { PermitService } from "./permit.service.ts";

@Resolver()
export class PermitResolver {
  constructor(
    private readonly permits: PermitService,
    private readonly notifications: NotificationService,
  ) {}

  @TouchesPerson("READ_REQUESTS", { kind: "CASE", argument: "caseId" })
  @Query(() => InformationRequestConnection, {
    description: "The requests of a case that your unit made or is to answer, first made first.",
  })
  async informationRequests(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<InformationRequestType>> {
    return connectionOf(
      await this.permits.listInformationRequests(callerOf(context), caseListInput(context, info, args)),
    );
  }

  @TouchesPerson("REQUEST_INFORMATION", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => InformationRequestPayload, {
    description:
      "Asks another authority for what the law lets it give on a specified and reasoned request. Tells the asked county who the person is, and opens nothing to you yet.",
  })
  requestInformation(
    @Ctx() context: RequestContext,
    @Arg("input", () => InformationRequestInputType) input: InformationRequestInputType,
  ): Promise<InformationRequestPayload> {
    return this.permits.requestInformation(callerOf(context), { ...input, holderUnit: input.holderUnit ?? null });
  }

  @TouchesPerson("ANSWER_REQUEST", { kind: "PERMIT", argument: "input.id" })
  @Mutation(() => InformationRequestPayload, {
    description:
      "Grants a request that your authority got, in all or in part, or declines it with a reason; declining what was granted takes it back.",
  })
  answerInformationRequest(
    @Ctx() context: RequestContext,
    @Arg("input", () => AnswerInformationRequestInputType) input: AnswerInformationRequestInputType,
  ): Promise<InformationRequestPayload> {
    return this.permits.answerInformationRequest(callerOf(context), {
      ...input,
      categories: input.categories ?? [],
      reason: input.reason ?? null,
    });
  }

  @TouchesPerson("NOTIFY_BY_STATUTE", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => StatutoryNotificationPayload, {
    description:
      "A notification that the law demands without consent (ilmoitus, anmälan). It is never held up: the answer always says whom to call at once, and the attempt is on record.",
  })
  notifyByStatute(
    @Ctx() context: RequestContext,
    @Arg("input", () => StatutoryNotificationInputType) input: StatutoryNotificationInputType,
  ): Promise<StatutoryNotificationPayload> {
    const { basis, caseId, reason, receiverUnit = null } = input;
    const caller = callerOf(context);
    return basis === "SHL_35_2"
      ? this.notifications.notifyOfNeed(caller, { caseId: caseId ?? "", reason, receiverUnit })
      : this.notifications.notifyOfChild(caller, { basis, reason, receiverUnit });
  }
}
