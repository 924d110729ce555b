import { type LocalDate, isLocalDate, today } from "../kernel/dates.ts";
import { redactHetu } from "../kernel/hetu.ts";
import { type ContactPointId, asId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type ContactPoint, verificationOn } from "./contact.ts";
import { type ContactProposal, readProposal } from "./contact-proposal.ts";
import {
  type ContactPointEventKind,
  changeContactPoint,
  findContactPoint,
  findContactPoints,
  insertContactPoint,
  insertReadiness,
  recordContactPointEvent,
} from "./contact.repository.ts";
import { type ContactPointView, pageOfPoints, viewOf } from "./contact-view.ts";
import type { ReadinessStatus } from "./directory-data.ts";
import { countyOrganisation, reference } from "./reference.ts";
import { keeps, organisationsKeptBy } from "./steward.ts";

/** The outcome of a change: the contact point as it is now, or what keeps it from being changed. */
export interface ContactPointChange {
  contactPoint: ContactPointView | null;
  userErrors: UserError[];
}

/** A contact point as the caller last read it. */
export interface ReadContactPoint {
  contactPointId: string;
  version: number;
}

export interface ContactKeeping {
  /** Any worker may propose; nothing changes for others until a steward of the organisation verifies it. */
  proposeContactPoint: Operation<ContactProposal, ContactPointChange>;
  /** A steward confirms that it is right today: for a proposal it comes into use, and ends what it replaces. */
  verifyContactPoint: Operation<ReadContactPoint, ContactPointChange>;
  /** A steward says that it is no longer right: it is not offered any more, and stays in history. */
  expireContactPoint: Operation<ReadContactPoint & { reason: string | null }, ContactPointChange>;
  /** The caller's task list as a steward: proposals, what nobody verified, and what was verified too long ago. */
  contactPointsToVerify: Operation<PageRequest, Page<ContactPointView>>;
  recordAreaReadiness: Operation<
    { countyCode: string; status: ReadinessStatus; asOf: LocalDate; source: string },
    { userErrors: UserError[] }
  >;
}

const refused = (...userErrors: UserError[]): ContactPointChange => ({ contactPoint: null, userErrors });
const NOT_FOUND = userError("CONTACT_POINT_NOT_FOUND", "There is no such contact point.", "contactPointId");
const NOT_STEWARD = userError(
  "NOT_STEWARD",
  "Only a named steward of this organisation may do that. Propose a contact point instead.",
);
const STALE = userError("STALE", "The contact point has changed since you read it. Read it again.", "version");
const ENDED = userError("CONTACT_POINT_ENDED", "The contact point has ended. Propose a new one.", "contactPointId");
const LONGEST_TEXT = 300;

export function createContactKeeping(room: Room): ContactKeeping {
  return {
    proposeContactPoint: operation(room, {
      name: "proposeContactPoint",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: async (work, sent) => {
        const read = readProposal(reference(), sent);
        if ("errors" in read) return refused(...read.errors);
        const { point } = read;
        const error = await replacementError(work, point);
        if (error) return refused(error);
        await insertContactPoint(work.em, point, true);
        await record(work, point.id, "PROPOSED", point.version);
        return { contactPoint: viewOf(point, today(work.clock)), userErrors: [] };
      },
    }),

    verifyContactPoint: operation(room, {
      name: "verifyContactPoint",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: (work, input) =>
        asSteward(work, input, async (point) => {
          const verifiedOn = today(work.clock);
          const replaced = point.state === "PROPOSED" && point.replaces !== null ? point.replaces : null;
          if (!(await changeContactPoint(work.em, point.id, point.version, { state: "CURRENT", verifiedOn })))
            return STALE;
          await record(work, point.id, "VERIFIED", point.version + 1);
          if (replaced) await endReplaced(work, replaced);
          return undefined;
        }),
    }),

    expireContactPoint: operation(room, {
      name: "expireContactPoint",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: (work, input) =>
        asSteward(work, input, async (point) => {
          const reason = input.reason === null ? null : redactHetu(input.reason.trim().slice(0, LONGEST_TEXT));
          if (!(await changeContactPoint(work.em, point.id, point.version, ended(point, today(work.clock)))))
            return STALE;
          await record(work, point.id, "EXPIRED", point.version + 1, reason);
          return undefined;
        }),
    }),

    contactPointsToVerify: operation(room, {
      name: "contactPointsToVerify",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: async ({ em, caller, clock }, page) => {
        checkPageSize(page.first);
        const on = today(clock);
        const kept = await findContactPoints(em, { organisation: { $in: organisationsKeptBy(caller) } });
        const open = kept.filter(
          (point) =>
            point.state === "PROPOSED" || (point.state === "CURRENT" && verificationOn(point, on) !== "VERIFIED"),
        );
        return pageOfPoints(open, page, on);
      },
    }),

    recordAreaReadiness: operation(room, {
      name: "recordAreaReadiness",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: async ({ em, caller, clock }, { countyCode, status, asOf, source }) => {
        if (!reference().counties.has(countyCode)) {
          return { userErrors: [userError("AREA_UNKNOWN", "There is no such county in the directory.", "countyCode")] };
        }
        if (!keeps(caller, countyOrganisation(countyCode))) return { userErrors: [NOT_STEWARD] };
        if (!isLocalDate(asOf) || asOf > today(clock)) {
          return {
            userErrors: [userError("VALUE_NOT_ACCEPTED", "Expected a date that is not in the future.", "asOf")],
          };
        }
        const told = redactHetu(source.trim());
        if (told === "" || told.length > LONGEST_TEXT) {
          return { userErrors: [userError("VALUE_NOT_ACCEPTED", "Say in 1-300 characters who says so.", "source")] };
        }
        await insertReadiness(em, {
          countyCode,
          status,
          asOf,
          source: told,
          recordedAt: clock.now(),
          workerId: caller.id,
        });
        return { userErrors: [] };
      },
    }),
  };
}

/** Finds the contact point for its steward, makes the change, and reads it again. */
async function asSteward(
  work: Work,
  input: ReadContactPoint,
  change: (point: ContactPoint) => Promise<UserError | undefined>,
): Promise<ContactPointChange> {
  const id = asId<ContactPointId>(input.contactPointId);
  const point = id && (await findContactPoint(work.em, id));
  if (!point) return refused(NOT_FOUND);
  if (!keeps(work.caller, point.organisation)) return refused(NOT_STEWARD);
  if (point.state === "ENDED") return refused(ENDED);
  if (point.version !== input.version) return refused(STALE);
  const error = await change(point);
  if (error) return refused(error);
  work.em.clear();
  return { contactPoint: viewOf((await findContactPoint(work.em, point.id))!, today(work.clock)), userErrors: [] };
}

async function replacementError(work: Work, point: ContactPoint): Promise<UserError | undefined> {
  if (point.replaces === null) return undefined;
  const replaced = await findContactPoint(work.em, point.replaces);
  if (replaced?.state === "CURRENT" && replaced.organisation === point.organisation) return undefined;
  return userError(
    "CONTACT_POINT_NOT_FOUND",
    "There is no such contact point of this organisation to replace.",
    "replaces",
  );
}

async function endReplaced(work: Work, id: ContactPointId): Promise<void> {
  const replaced = await findContactPoint(work.em, id);
  if (replaced?.state !== "CURRENT") return;
  if (await changeContactPoint(work.em, id, replaced.version, ended(replaced, today(work.clock)))) {
    await record(work, id, "REPLACED", replaced.version + 1);
  }
}

/** Its last day of validity is today, unless it had ended before or was still to begin. */
const ended = (point: ContactPoint, on: LocalDate): Pick<ContactPoint, "state" | "validUntil"> => ({
  state: "ENDED",
  validUntil:
    (point.validFrom !== null && point.validFrom > on) || (point.validUntil !== null && point.validUntil < on)
      ? point.validUntil
      : on,
});

const record = (
  { em, caller, clock }: Work,
  contactPointId: ContactPointId,
  kind: ContactPointEventKind,
  version: number,
  note: string | null = null,
): Promise<void> => recordContactPointEvent(em, { contactPointId, at: clock.now(), kind, by: caller, version, note });
