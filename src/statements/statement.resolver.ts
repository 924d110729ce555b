import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { caseListInput } from "../cases/case-selection.ts";
import { TouchesPerson } from "../disclosure/published.ts";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import { StatementConnection, StatementPayload, type StatementType, WriteStatementInput } from "./statement.graphql.ts";
import type { StatementService } from "./statement.service.ts";

@Resolver()
export class StatementResolver {
  constructor(private readonly service: StatementService) {}

  @TouchesPerson("READ_STATEMENT", { kind: "CASE", argument: "caseId" })
  @Query(() => StatementConnection, { description: "All versions of a case's statement, newest first." })
  async statements(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<StatementType>> {
    return connectionOf(await this.service.listStatements(callerOf(context), caseListInput(context, info, args)));
  }

  @TouchesPerson("WRITE_STATEMENT", { kind: "CASE", argument: "input.caseId" })
  @Mutation(() => StatementPayload, { description: "Writes a new version; earlier ones are kept." })
  writeStatement(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => WriteStatementInput) { author, ...input }: WriteStatementInput,
  ): Promise<StatementPayload> {
    const { title, phone = null, email = null } = author;
    const selected = selectedBy(info);
    return this.service.writeStatement(callerOf(context), { ...input, author: { title, phone, email }, selected });
  }

  @TouchesPerson("WRITE_STATEMENT", { kind: "STATEMENT", argument: "statementId" })
  @Mutation(() => StatementPayload, {
    description:
      "Records whether the person has read the statement and agrees to its being attached; before it is signed.",
  })
  recordAgreement(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("statementId", () => ID) statementId: string,
    @Arg("hasRead", () => Boolean) hasRead: boolean,
    @Arg("agreesToAttach", () => Boolean) agreesToAttach: boolean,
  ): Promise<StatementPayload> {
    return this.service.recordAgreement(callerOf(context), {
      statementId,
      agreement: { hasRead, agreesToAttach },
      selected: selectedBy(info),
    });
  }

  @TouchesPerson("WRITE_STATEMENT", { kind: "STATEMENT", argument: "statementId" })
  @Mutation(() => StatementPayload, { description: "Locks your statement with time, author and hash." })
  signStatement(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("statementId", () => ID) statementId: string,
  ): Promise<StatementPayload> {
    return this.service.signStatement(callerOf(context), { statementId, selected: selectedBy(info) });
  }
}
