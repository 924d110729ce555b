import { z } from "zod";
import { type LocalDate, isLocalDate } from "../../kernel/dates.ts";
import { type Hetu, parseHetu } from "../../kernel/hetu.ts";
import { SourceFault } from "./source-fault.ts";

/**
 * Reads an answer as the source's own shape.
 * @throws SourceFault MALFORMED, naming the paths that are wrong and none of their values
 */
export function readWire<T>(schema: z.ZodType<T>, text: string): T {
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const paths = result.error.issues.slice(0, 5).map((issue) => issue.path.join(".") || "(whole answer)");
  throw new SourceFault("MALFORMED", `wire: ${paths.join(", ")}`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceFault("MALFORMED", "answer is not JSON");
  }
}

/** The answer must be about the person who was asked for, or another's data would enter the case. */
export function requireSamePerson(answered: Hetu, asked: Hetu): void {
  if (answered !== asked) throw new SourceFault("MALFORMED", "answer is about another person");
}

/** `YYYY-MM-DD` */
export const wireDate = z
  .string()
  .refine(isLocalDate)
  .transform((text) => text as LocalDate);

/** Instant with offset. */
export const wireInstant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const wireHetu = z.string().transform((text, context): Hetu => {
  const parsed = parseHetu(text);
  if (parsed) return parsed.hetu;
  context.addIssue({ code: "custom", message: "no identity code" });
  return z.NEVER;
});

/** A text that says something. */
export const wireText = z.string().trim().min(1);

/** E.164 */
export const wirePhone = z.string().regex(/^\+[1-9]\d{4,14}$/);

/** Three digits. */
export const wireMunicipality = z.string().regex(/^\d{3}$/);

/** A code of the source, told in the hub's word. A code that is not in the table is malformed. */
export function wireCode<const T extends Record<string, string>>(table: T): z.ZodType<T[keyof T]> {
  return z.string().transform((code, context): T[keyof T] => {
    if (Object.hasOwn(table, code)) return table[code as keyof T];
    context.addIssue({ code: "custom", message: "unknown code" });
    return z.NEVER;
  });
}

/** An object without the fields that are undefined: what a source does not say is absent. */
export function said<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
