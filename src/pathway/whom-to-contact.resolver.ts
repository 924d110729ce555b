import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { scopeOf } from "../cases/case-selection.ts";
import { ContactAnswerType } from "../contacts/contact.graphql.ts";
import { PhaseEnum, SituationEnum } from "../contacts/contact-point.graphql.ts";
import type { Phase, Situation } from "../contacts/contact.ts";
import { TouchesPerson } from "../disclosure/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import { WHOM_TO_CONTACT_FACTS, type WhomToContactService } from "./whom-to-contact.service.ts";

@Resolver()
export class WhomToContactResolver {
  constructor(private readonly service: WhomToContactService) {}

  @TouchesPerson("READ_CASE", { kind: "CASE", argument: "caseId" }, { derivedFrom: WHOM_TO_CONTACT_FACTS })
  @Query(() => ContactAnswerType, {
    nullable: true,
    description: "Whom to contact about a person in your remit, in order; null when there is no such case for you.",
  })
  whomToContactInCase(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("caseId", () => ID) caseId: string,
    @Arg("situation", () => SituationEnum) situation: Situation,
    @Arg("phase", () => PhaseEnum) phase: Phase,
    @Arg("urgent", () => Boolean, { defaultValue: false, description: "The need is urgent." }) urgent: boolean,
  ): Promise<ContactAnswerType | null> {
    const scope = scopeOf(context, info);
    const selected = selectedBy(info);
    return this.service.whomToContact(callerOf(context), { caseId, situation, phase, urgent, scope, selected });
  }
}
