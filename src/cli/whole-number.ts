import { InvalidArgumentError } from "commander";

/** Reads an option that counts. */
export const wholeNumber =
  (max: number) =>
  (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) > max) {
      throw new InvalidArgumentError(`It must be a whole number, at most ${max}.`);
    }
    return Number(text);
  };
