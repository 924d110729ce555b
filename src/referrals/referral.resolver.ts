import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { caseListInput, scopeOf } from "../cases/case-selection.ts";
import { TouchesPerson } from "../disclosure/published.ts";
import { CasePageArgs, PageArgs, pageRequest } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import {
  AcceptReferralInput,
  ReferralConnection,
  ReferralPayload,
  type ReferralType,
  SubmitApplicationInput,
} from "./referral.graphql.ts";
import { APPLICATION_SENT } from "./referral.ts";
import type { ReferralService } from "./referral.service.ts";

@Resolver()
export class ReferralResolver {
  constructor(private readonly service: ReferralService) {}

  @TouchesPerson("READ_REFERRAL", { kind: "CASE", argument: "caseId" })
  @Query(() => ReferralConnection, { description: "What was sent about a case, first sent first." })
  async referrals(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<ReferralType>> {
    return connectionOf(await this.service.listReferrals(callerOf(context), caseListInput(context, info, args)));
  }

  @TouchesPerson("RECEIVE_REFERRAL", { kind: "RECEIVED_REFERRALS" })
  @Query(() => ReferralConnection, { description: "What was sent to your county, first sent first." })
  async receivedReferrals(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<ReferralType>> {
    const selected = selectedBy(info);
    return connectionOf(await this.service.listReceived(callerOf(context), { ...pageRequest(args), selected }));
  }

  @TouchesPerson("SUBMIT_REFERRAL", { kind: "DOCUMENT", argument: "input.documentId" }, { sends: [APPLICATION_SENT] })
  @Mutation(() => ReferralPayload, {
    description: "Sends an application with its statement to the county that the document names.",
  })
  submitApplication(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => SubmitApplicationInput) input: SubmitApplicationInput,
  ): Promise<ReferralPayload> {
    return this.service.submitApplication(callerOf(context), {
      ...input,
      scope: scopeOf(context, info),
      selected: selectedBy(info),
    });
  }

  @TouchesPerson("RECEIVE_REFERRAL", { kind: "REFERRAL", argument: "referralId" })
  @Mutation(() => ReferralPayload, { description: "Takes a referral in; the sender sees when." })
  receiveReferral(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("referralId", () => ID) referralId: string,
  ): Promise<ReferralPayload> {
    return this.service.receiveReferral(callerOf(context), { referralId, selected: selectedBy(info) });
  }

  @TouchesPerson("RECEIVE_REFERRAL", { kind: "REFERRAL", argument: "input.referralId" })
  @Mutation(() => ReferralPayload, { description: "Names the own worker and so accepts." })
  acceptReferral(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => AcceptReferralInput) { ownWorker, ...input }: AcceptReferralInput,
  ): Promise<ReferralPayload> {
    return this.service.acceptReferral(callerOf(context), {
      ...input,
      ownWorker: { name: ownWorker.name, phone: ownWorker.phone ?? null },
      selected: selectedBy(info),
    });
  }
}
