import { type Platform, type TransformContext, Type } from "@mikro-orm/core";
import { vaultOf } from "./vault.ts";

/** A column that holds only ciphertext; the row's own code sees the plain value. */
abstract class Encrypted<Value> extends Type<Value | null, Uint8Array | null> {
  protected abstract toBytes(value: Value): Uint8Array;
  protected abstract fromBytes(bytes: Buffer): Value;

  /** "table.column", which the ciphertext is bound to. */
  get column(): string {
    return `${this.meta!.tableName}.${this.prop!.fieldNames[0]!}`;
  }

  override convertToDatabaseValue(
    value: Value | null | undefined,
    platform: Platform,
    context?: TransformContext,
  ): Uint8Array | null {
    if (value === null || value === undefined) return null;
    // Two ciphertexts of one value differ, so that such a condition would silently find nothing.
    if (context?.mode === "query") throw new Error(`${this.column} is encrypted and cannot be searched`);
    return vaultOf(platform).seal(this.column, this.toBytes(value));
  }

  override convertToJSValue(sealed: Uint8Array | null | undefined, platform: Platform): Value | null {
    if (sealed === null || sealed === undefined) return null;
    return this.fromBytes(vaultOf(platform).open(this.column, sealed));
  }

  /** By what they say: the random part of a ciphertext would make every entity that was read look changed. */
  override compareValues(a: Uint8Array | null, b: Uint8Array | null): boolean {
    if (a === b) return true;
    if (!a || !b) return false;
    const vault = vaultOf(this.platform!);
    return vault.open(this.column, a).equals(vault.open(this.column, b));
  }

  override compareAsType(): string {
    return "Buffer";
  }

  override getColumnType(): string {
    return "bytea";
  }
}

export class EncryptedText extends Encrypted<string> {
  protected toBytes(value: string): Uint8Array {
    return Buffer.from(value, "utf8");
  }

  protected fromBytes(bytes: Buffer): string {
    return bytes.toString("utf8");
  }
}

export class EncryptedBytes extends Encrypted<Uint8Array> {
  protected toBytes(value: Uint8Array): Uint8Array {
    return value;
  }

  protected fromBytes(bytes: Buffer): Uint8Array {
    return bytes;
  }
}

/** Any JSON value; the property says which by `p.type(EncryptedJson).$type<…>()`. */
export class EncryptedJson extends Encrypted<unknown> {
  protected toBytes(value: unknown): Uint8Array {
    return Buffer.from(JSON.stringify(value), "utf8");
  }

  protected fromBytes(bytes: Buffer): unknown {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  }
}

/** "table.column" of an encrypted property; undefined of any other. */
export const encryptedColumn = (type: unknown): string | undefined =>
  type instanceof Encrypted ? type.column : undefined;
