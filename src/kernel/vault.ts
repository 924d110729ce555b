/** Seals values before they reach the database and opens them afterwards; its keys are never in the database in the clear. */
export interface Vault {
  /** `column` is "table.column": what was sealed for one column does not open in another. */
  seal(column: string, plain: Uint8Array): Buffer;
  /** @throws Error when the value was changed, moved from another column, or sealed with a key that is not there */
  open(column: string, sealed: Uint8Array): Buffer;
  /** The keyed blind index of a text, by which equal texts are found without being readable. For what is written. */
  indexOf(column: string, text: string): Buffer;
  /** The indexes under every active key, in a fixed order. A look-up tries them all, since keys may be changing. */
  indexesOf(column: string, text: string): Buffer[];
}

/** By the ORM's platform, since that is all that a column's type is told, and several databases can be open at once. */
const vaults = new WeakMap<object, Vault>();

export function holdVault(platform: object, vault: Vault): void {
  vaults.set(platform, vault);
}

/** @throws Error when the database was opened without keys: then nothing encrypted is read or written */
export function vaultOf(platform: object): Vault {
  const vault = vaults.get(platform);
  if (!vault) throw new Error("this database was opened without keys");
  return vault;
}
