import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Mutation, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import { RecordConsentInputType, RecordConsentPayload, WithdrawConsentPayload } from "./consent.graphql.ts";
import type { ConsentService } from "./consent.service.ts";

@Resolver()
export class ConsentResolver {
  constructor(private readonly service: ConsentService) {}

  @TouchesPerson("RECORD_CONSENT", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => RecordConsentPayload, {
    description: "Records a person's consent to a disclosure, or their refusal (suostumus, samtycke).",
  })
  recordConsent(
    @Ctx() context: RequestContext,
    @Arg("input", () => RecordConsentInputType) input: RecordConsentInputType,
  ): Promise<RecordConsentPayload> {
    const {
      representative = null,
      receiverUnit = null,
      methods = null,
      interpreterUsed = null,
      endsWith = null,
      ...rest
    } = input;
    return this.service.recordConsent(callerOf(context), {
      ...rest,
      representative: representative && { ...representative },
      receiverUnit,
      methods,
      interpreterUsed,
      endsWith,
    });
  }

  @TouchesPerson("RECORD_CONSENT", { kind: "CONSENT", argument: "consentId" })
  @Mutation(() => WithdrawConsentPayload, {
    description: "Any party takes a withdrawal, and informs the others. Takes effect on the next operation.",
  })
  withdrawConsent(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("consentId", () => ID) consentId: string,
  ): Promise<WithdrawConsentPayload> {
    return this.service.withdrawConsent(callerOf(context), { consentId, selected: selectedBy(info) });
  }
}
