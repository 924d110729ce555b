import { Ctx, Query, Resolver } from "type-graphql";
import { LEGAL_BASES, LEGAL_BASIS_CODES, type LegalBasis, type LegalBasisCode } from "../disclosure/legal-basis.ts";
import { TouchesNobody } from "../disclosure/published.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { LegalBasisType } from "./legal-basis.graphql.ts";

export type LegalBasisView = LegalBasis & { code: LegalBasisCode };

export const createLegalBasisList = (room: Room): Operation<undefined, LegalBasisView[]> =>
  operation(room, {
    name: "listLegalBases",
    permission: "READ_DIRECTORY",
    touchesPerson: false,
    run: () => Promise.resolve(LEGAL_BASIS_CODES.map((code) => ({ code, ...LEGAL_BASES[code] }))),
  });

@Resolver()
export class LegalBasisResolver {
  constructor(private readonly list: Operation<undefined, LegalBasisView[]>) {}

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => [LegalBasisType], {
    description: "Every section under which the hub may disclose, and those under which nothing passes through it.",
  })
  legalBases(@Ctx() context: RequestContext): Promise<LegalBasisView[]> {
    return this.list(callerOf(context), undefined);
  }
}
