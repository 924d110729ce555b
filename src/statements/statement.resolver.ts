import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { caseListInput } from "../cases/case-selection.ts";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { StatementConnection, StatementPayload, type StatementType, WriteStatementInput } from "./statement.graphql.ts";
import type { StatementService } from "./statement.service.ts";

@Resolver()
export class StatementResolver {
  constructor(private readonly service: StatementService) {}

  @Query(() => StatementConnection, { description: "All versions of a case's statement, newest first." })
  async statements(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<StatementType>> {
    return connectionOf(await this.service.listStatements(callerOf(context), caseListInput(context, info, args)));
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
