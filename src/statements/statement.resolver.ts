import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { StatementPayload, StatementType, WriteStatementInput } from "./statement.graphql.ts";
import type { StatementService } from "./statement.service.ts";

@Resolver()
export class StatementResolver {
  constructor(private readonly service: StatementService) {}

  @Query(() => [StatementType], { description: "All versions of a case's statement, newest first." })
  statements(@Ctx() context: RequestContext, @Arg("caseId", () => ID) caseId: string): Promise<StatementType[]> {
    return this.service.listStatements(callerOf(context), { caseId });
  }

  @Mutation(() => StatementPayload, { description: "Writes a new version; earlier ones are kept." })
  writeStatement(
    @Ctx() context: RequestContext,
    @Arg("input", () => WriteStatementInput) { author, ...input }: WriteStatementInput,
  ): Promise<StatementPayload> {
    const { title, phone = null, email = null } = author;
    return this.service.writeStatement(callerOf(context), { ...input, author: { title, phone, email } });
  }

  @Mutation(() => StatementPayload, {
    description:
      "Records whether the person has read the statement and agrees to its being attached; before it is signed.",
  })
  recordAgreement(
    @Ctx() context: RequestContext,
    @Arg("statementId", () => ID) statementId: string,
    @Arg("hasRead", () => Boolean) hasRead: boolean,
    @Arg("agreesToAttach", () => Boolean) agreesToAttach: boolean,
  ): Promise<StatementPayload> {
    return this.service.recordAgreement(callerOf(context), { statementId, agreement: { hasRead, agreesToAttach } });
  }

  @Mutation(() => StatementPayload, { description: "Locks your statement with time, author and hash." })
  signStatement(
    @Ctx() context: RequestContext,
    @Arg("statementId", () => ID) statementId: string,
  ): Promise<StatementPayload> {
    return this.service.signStatement(callerOf(context), { statementId });
  }
}
