import { describe, expect, it } from "vitest";
import type { Caller } from "../../src/access/caller.ts";
import { CALLER_ROLES, type CallerRole } from "../../src/access/role.ts";
import { PERMISSIONS, type Permission, authorize } from "../../src/access/permission.ts";
import { PURPOSES, PURPOSES_OF_ROLE, type Purpose } from "../../src/access/purpose.ts";
import { PurposeRequired, Refused } from "../../src/kernel/errors.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";

const caller = (role: CallerRole, purpose: Purpose | null = null): Caller => ({
  id: "worker-1" as WorkerId,
  role,
  name: "A Worker",
  authority: null,
  unit: null,
  client: "an-app",
  socialDataRight: false,
  stewardOf: [],
  hetu: null,
  purpose,
});
const permissions = Object.keys(PERMISSIONS) as Permission[];

describe("may you do this", () => {
  it.each(permissions)("%s: exactly the listed roles, whatever their purpose", (permission) => {
    const listed: readonly CallerRole[] = PERMISSIONS[permission];
    for (const role of CALLER_ROLES) {
      const attempt = () => authorize(caller(role), permission, false);
      if (listed.includes(role)) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(Refused);
    }
  });

  it("demands a purpose where a person is touched, and names the caller's own", () => {
    expect(() => authorize(caller("VTH_NURSE"), "READ_CASE", true)).toThrow(PurposeRequired);
    expect(() => authorize(caller("VTH_NURSE"), "READ_CASE", true)).toThrow(/"nivel-purpose".*HEALTH_CARE/);
  });

  it.each(PERMISSIONS.READ_CASE)("%s reads a case for a purpose of its task and for no other", (role) => {
    for (const purpose of PURPOSES) {
      const attempt = () => authorize(caller(role, purpose), "READ_CASE", true);
      if (PURPOSES_OF_ROLE[role].includes(purpose)) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(Refused);
    }
  });

  it("judges the role before the purpose, so that a refusal teaches nothing", () => {
    expect(() => authorize(caller("PARTNER_APP"), "READ_CASE", true)).toThrow(
      "Your role does not include this action.",
    );
  });
});
