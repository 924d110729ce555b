import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { TouchesPerson } from "../disclosure/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { CaseChangePayload } from "./case-input.graphql.ts";
import { TransferCaseInputType } from "./transfer.graphql.ts";
import type { TransferService } from "./transfer.service.ts";

@Resolver()
export class TransferResolver {
  constructor(private readonly service: TransferService) {}

  @TouchesPerson("TRANSFER_CASE", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => CaseChangePayload, {
    description:
      "Hands a case that the prison and probation service keeps by hand to another of its units. Where its system knows the person, the case follows that.",
  })
  transferCase(
    @Ctx() context: RequestContext,
    @Arg("input", () => TransferCaseInputType) input: TransferCaseInputType,
  ): Promise<CaseChangePayload> {
    return this.service.transferCase(callerOf(context), { ...input, toWorker: input.toWorker ?? null });
  }
}
