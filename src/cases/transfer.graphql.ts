import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { LocalDate } from "../kernel/dates.ts";
import { enumType } from "../operation/published.ts";
import { TRANSFER_REASONS, type TransferReason } from "./transfer.ts";

export const TransferReasonEnum = enumType("TransferReason", TRANSFER_REASONS, "Why a case is handed over.");

@InputType("TransferCaseInput")
export class TransferCaseInputType {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String, { description: "Code of the prison or probation office." })
  toUnit!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The worker who takes the case in a probation office; absent for a prison, where it is the unit's.",
  })
  toWorker?: string | null;

  @Field(() => GraphQLLocalDate, { description: "First day of the new unit." })
  on!: LocalDate;

  @Field(() => TransferReasonEnum)
  reason!: TransferReason;
}
