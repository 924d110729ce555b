import type { LocalDate } from "../kernel/dates.ts";
import { type Page, type PageRequest, decodeCursor, pageOf } from "../kernel/page.ts";
import { type ContactPoint, type VerificationStatus, verificationOn } from "./contact.ts";
import { displayValue, isEmail, isShortNumber } from "./contact-value.ts";

/** A contact point as the directory shows it on one day. */
export type ContactPointView = Omit<ContactPoint, "value" | "key" | "evidence"> & {
  /** Null for an e-mail address, which is shown apart so that nobody takes it for an ordinary channel. */
  value: string | null;
  displayValue: string | null;
  secureMailAddress: string | null;
  shortNumber: boolean;
  verification: VerificationStatus;
};

export function viewOf(point: ContactPoint, on: LocalDate): ContactPointView {
  const { key: _key, evidence: _evidence, value, ...fields } = point;
  const email = isEmail(value);
  return {
    ...fields,
    value: email ? null : value,
    displayValue: email ? null : displayValue(point.system, value),
    secureMailAddress: email ? value : null,
    shortNumber: point.system === "PHONE" && isShortNumber(value),
    verification: verificationOn(point, on),
  };
}

const keyOf = (point: { organisation: string; id: string }): [string, string] => [point.organisation, point.id];

const before = (a: readonly string[], b: readonly string[]): boolean =>
  a[0]! < b[0]! || (a[0] === b[0] && a[1]! < b[1]!);

/** A page by organisation and id, which do not change when others come and go. */
export function pageOfPoints(
  points: readonly ContactPoint[],
  page: PageRequest,
  on: LocalDate,
): Page<ContactPointView> {
  const after = page.after === undefined ? undefined : decodeCursor(page.after, 2);
  const rows = points
    .filter((point) => after === undefined || before(after, keyOf(point)))
    .sort((a, b) => (before(keyOf(a), keyOf(b)) ? -1 : 1))
    .slice(0, page.first + 1)
    .map((point) => viewOf(point, on));
  return pageOf(rows, page.first, keyOf);
}
