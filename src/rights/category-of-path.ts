import { caseDisclosure } from "../cases/case.disclosure.ts";
import { recordedContactDisclosure } from "../cases/recorded-contact.ts";
import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { permitDisclosure } from "../disclosure/permit.disclosure.ts";
import type { FieldRule, PublicField } from "../disclosure/disclose.ts";
import { documentDisclosure } from "../forms/document.ts";
import { referralDisclosure } from "../referrals/referral.ts";
import { statementDisclosure } from "../statements/statement.disclosure.ts";

type Table = Readonly<Record<string, FieldRule | PublicField>>;

/** The tables by the first word of the paths under which their fields are on record. */
const TABLES: Readonly<Record<string, Table>> = {
  ...caseDisclosure,
  consent: consentDisclosure,
  permit: permitDisclosure,
  contact: recordedContactDisclosure,
  statement: statementDisclosure,
  document: { ...documentDisclosure, bytes: { category: "APPLICATION" } },
  referral: referralDisclosure,
};

/** How the field at a path is judged; undefined for a path that no table names. */
export function ruleOfPath(path: string): FieldRule | undefined {
  const [table = "", field = ""] = path.split(".");
  const rule = TABLES[table]?.[field];
  return rule === "PUBLIC" ? undefined : rule;
}

/** Undefined for a path that no table names; such data is told only as "other data". */
export const categoryOfPath = (path: string): DataCategory | undefined => ruleOfPath(path)?.category;
