import type { Caller } from "../access/caller.ts";
import { PURPOSES_OF_ROLE } from "../access/purpose.ts";
import type { CallerRole } from "../access/role.ts";
import { reference } from "../contacts/reference.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { type DisclosedRecord, disclose } from "../disclosure/disclose.ts";
import { LEGAL_BASES, type LegalBasisCode, isInForce } from "../disclosure/legal-basis.ts";
import { permitDisclosure } from "../disclosure/permit.disclosure.ts";
import { type RecordedPermit, isAnsweredBy, isPermitOpenTo } from "../disclosure/permit.ts";
import { answerPermit, findPermit, insertPermit, permitsOf } from "../disclosure/permit.repository.ts";
import type { Authority } from "../kernel/authority.ts";
import { OF_SEVERAL_REGISTERS } from "../kernel/authority.ts";
import { addDays, today } from "../kernel/dates.ts";
import { type CaseId, type PermitId, asId, newId } from "../kernel/ids.ts";
import type { Page } from "../kernel/page.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type CaseChange, done, inCase, refused } from "./case-change.ts";
import { type CaseListInput, listOfCase } from "./case-list.ts";
import { insertRemits } from "./case.repository.ts";
import { type CaseService, findCaseOf } from "./case.service.ts";
import type { OnGroundWithdrawn } from "./consent.service.ts";
import { isEnteredText } from "./fact-value.ts";
import { endRemitsOfPermit, keepCase } from "./remit.repository.ts";

export interface InformationRequestInput {
  caseId: string;
  /** A basis that demands a specified and reasoned request; of 1301/2021 16.2 it names the item. */
  basis: LegalBasisCode;
  holder: Authority;
  /** Code of the county or employment area that is asked; null where the holder has one register. */
  holderUnit: string | null;
  categories: DataCategory[];
  reason: string;
}

export interface RequestAnswer {
  id: string;
  granted: boolean;
  /** Of what was asked for; when declined none. */
  categories: DataCategory[];
  /** Why it was declined. */
  reason: string | null;
}

export type PermitView = DisclosedRecord<RecordedPermit, typeof permitDisclosure>;
export type PermitChange = CaseChange & { requestId: PermitId | null };

export interface PermitService {
  /** Asks a holder, in a specified and reasoned request, for what the law lets it give on one. Opens nothing yet. */
  requestInformation: Operation<InformationRequestInput, PermitChange>;
  /**
   * The holder's worker grants all that was asked, a part, or nothing; and takes back what was granted by declining it.
   * Takes effect on the next operation.
   */
  answerInformationRequest: Operation<RequestAnswer, PermitChange>;
  /** The requests of one case that the caller's unit made or is to answer, first made first. */
  listInformationRequests: Operation<CaseListInput, Page<PermitView>>;
}

/** [D] So long an asked unit knows of the case, and may answer. */
export const REQUEST_DAYS = 30;
/** [D] So long a granted request opens what was granted, from the day of the answer. */
export const GRANT_DAYS = 90;

const NO_SUCH_REQUEST = userError("REQUEST_NOT_FOUND", "There is no such request within your remit.", "id");
const ANSWERED = userError("REQUEST_ANSWERED", "This request has been answered, or its time is over.", "id");
const failed = (error: UserError): PermitChange => ({ ...refused(error), requestId: null });

/** Who in the asked authority handles requests, where being asked is what makes the case known. */
const ASKED_ROLE: Partial<Record<Authority, CallerRole>> = { COUNTY: "COUNTY_WORKER" };

export function createPermitService(room: Room, cases: CaseService, onWithdrawn: OnGroundWithdrawn): PermitService {
  return {
    requestInformation: operation(room, {
      name: "requestInformation",
      permission: "REQUEST_INFORMATION",
      touchesPerson: true,
      run: async (work, input) => {
        let requestId: PermitId | null = null;
        const change = await inCase(work, input.caseId, async (caseId) => {
          const { caller, em, clock } = work;
          const on = today(clock);
          const wrong = whyNotRequest(input, caller, on);
          if (wrong) return refused(wrong);
          const permit: RecordedPermit = {
            id: newId<PermitId>(),
            caseId,
            basis: input.basis,
            state: "REQUESTED",
            holder: input.holder,
            holderUnit: input.holderUnit,
            receiver: caller.authority!,
            receiverUnit: caller.unit!,
            requested: [...new Set(input.categories)],
            categories: [],
            purpose: caller.purpose!,
            from: on,
            until: addDays(on, REQUEST_DAYS),
            reason: input.reason,
            requestedBy: caller.id,
            requestedByName: caller.name,
            requestedAt: clock.now(),
            answeredBy: null,
            answeredAt: null,
            answer: null,
          };
          requestId = permit.id;
          await insertPermit(em, permit);
          work.trace({
            caseId,
            subjectId: permit.id,
            receiver: { authority: permit.holder, unit: permit.holderUnit },
          });
          // Only a county learns by it of a case (decision D3); an employment area answers of its own clients, because
          // knowing of a case would open more to it by law than the request tells.
          const role = ASKED_ROLE[permit.holder];
          if (role && permit.holderUnit !== null) {
            await insertRemits(em, [
              {
                caseId,
                role,
                unit: permit.holderUnit,
                workerId: null,
                ground: "RECEIVED_REFERRAL",
                since: permit.from,
                until: permit.until,
                permitId: permit.id,
                begunAt: clock.now(),
              },
            ]);
          }
          return done(caseId);
        });
        return { ...change, requestId };
      },
    }),

    answerInformationRequest: operation(room, {
      name: "answerInformationRequest",
      permission: "ANSWER_REQUEST",
      touchesPerson: true,
      run: async (work, { id, granted, categories, reason }) => {
        const { caller, em, clock } = work;
        const on = today(clock);
        const found = await findCaseOf(em, caller, "permit", id, on);
        const permit = found && (await findPermit(em, asId<PermitId>(id)!));
        if (!permit || !isAnsweredBy(permit, caller)) return failed(NO_SUCH_REQUEST);
        work.trace({ caseId: permit.caseId, subjectId: permit.id });
        const takesBack = permit.state === "GRANTED" && !granted;
        if (!(permit.state === "REQUESTED" || takesBack) || permit.until < on) {
          return failed(ANSWERED);
        }
        if (granted && (categories.length === 0 || !categories.every((one) => permit.requested.includes(one)))) {
          return failed(
            userError(
              "CATEGORIES_NOT_ASKED",
              "Grant at least one of the categories that were asked for.",
              "categories",
            ),
          );
        }
        if (!granted && (reason === null || !isEnteredText(reason))) {
          return failed(userError("REASON_MISSING", "Say why the request is declined.", "reason"));
        }
        await keepCase(em, permit.caseId);
        const notGranted = takesBack
          ? { state: "ENDED" as const, categories: permit.categories, from: permit.from }
          : { state: "DECLINED" as const, categories: [], from: on };
        const first = await answerPermit(em, permit, {
          ...(granted ? { state: "GRANTED", categories: [...new Set(categories)], from: on } : notGranted),
          until: granted ? addDays(on, GRANT_DAYS) : on,
          answeredBy: caller.id,
          answeredAt: clock.now(),
          answer: granted ? null : reason,
        });
        if (!first) return failed(ANSWERED);
        if (!granted) await endRemitsOfPermit(em, permit.id, on);
        if (takesBack) {
          for (const subjectId of await onWithdrawn(work, permit)) work.trace({ caseId: permit.caseId, subjectId });
        }
        return { ...done(permit.caseId), requestId: permit.id };
      },
    }),

    listInformationRequests: listOfCase(room, cases, {
      name: "listInformationRequests",
      permission: "READ_REQUESTS",
      tellsPlace: true,
      rows: async ({ em, caller }, caseId: CaseId, decision) => {
        const holder = caller.authority;
        if (holder === null || !decision.on("REFERRALS", holder).allowed) return [];
        const open = (await permitsOf(em, caseId)).filter((permit) => isPermitOpenTo(permit, caller));
        return open.map((permit) => ({ id: permit.id, permit, holder }));
      },
      view: ({ permit, holder }, judgement) => disclose(permitDisclosure, holder, "request", permit, judgement),
    }),
  };
}

/** What keeps a request from being specified, reasoned, and one that the law lets this caller make. */
function whyNotRequest(
  { basis, holder, holderUnit, categories, reason }: InformationRequestInput,
  caller: Caller,
  on: ReturnType<typeof today>,
): UserError | undefined {
  const law = LEGAL_BASES[basis];
  const openings = law.opens.filter(({ receivers }) => (receivers as readonly string[]).includes(caller.role));
  if (law.kind !== "REQUEST" || openings.length === 0 || !isInForce(law, on) || caller.unit === null) {
    return userError("BASIS_NOT_YOURS", "That basis lets your office request nothing.", "basis");
  }
  const names = (of: "senders" | "categories" | "purposes", one: string | null) =>
    openings.some((opening) => (opening[of] as readonly (string | null)[]).includes(one));
  if (!names("purposes", caller.purpose)) {
    const yours = PURPOSES_OF_ROLE[caller.role].filter((purpose) => names("purposes", purpose));
    return userError("PURPOSE_NOT_OF_BASIS", `That basis serves only: ${yours.join(", ")}.`, "basis");
  }
  if (!names("senders", holder)) {
    return userError("HOLDER_NOT_OF_BASIS", "That basis does not oblige this authority to tell you.", "holder");
  }
  // What the answer tells of social services is for those alone who may handle it (decisions D1, D2).
  if (caller.authority === "RISE" && holder === "COUNTY" && !caller.socialDataRight) {
    return userError(
      "SOCIAL_DATA_RIGHT_MISSING",
      "Social-welfare data are requested by those who may handle them (1301/2021 section 14.2). Ask one of them.",
    );
  }
  if (OF_SEVERAL_REGISTERS.includes(holder) ? !isRegister(holder, holderUnit) : holderUnit !== null) {
    return userError("HOLDER_UNIT_UNKNOWN", "Name the asked county or employment area by its code, and no other unit.");
  }
  if (categories.length === 0 || !categories.every((category) => names("categories", category))) {
    const may = [...new Set(openings.flatMap((opening) => opening.categories as readonly DataCategory[]))];
    return userError("CATEGORIES_NOT_OF_BASIS", `Name what you need of: ${may.join(", ")}.`, "categories");
  }
  if (!isEnteredText(reason)) {
    return userError("REASON_MISSING", "Say for which task each piece of information is needed.", "reason");
  }
  return undefined;
}

const isRegister = (holder: Authority, unit: string | null): boolean => {
  const { counties, employmentAreas } = reference();
  return (holder === "COUNTY" ? counties : employmentAreas).has(unit ?? "");
};
