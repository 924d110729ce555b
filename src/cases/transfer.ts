/** Why a worker hands a case over. A closed list, since a free text would tell more than the move does. */
export const TRANSFER_REASONS = [
  "PLACEMENT",
  "RELEASE_TO_SUPERVISION",
  "CHANGE_OF_OFFICE",
  "CHANGE_OF_WORKER",
] as const;
export type TransferReason = (typeof TRANSFER_REASONS)[number];
