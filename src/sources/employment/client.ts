import type { FactGroup } from "../../cases/case.ts";
import type { Read } from "../source.ts";
import { readWire, requireSamePerson } from "../transport/read-wire.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { type XRoadService, callXRoad } from "../transport/xroad-rest.ts";
import { fromEmployment } from "./to-domain.ts";
import { employmentWire } from "./wire.ts";

const PARTS: Partial<Record<FactGroup, readonly string[]>> = {
  person: ["tyonhakija"],
  employment: ["tyonhaku", "risenYhdyshenkilo"],
  matters: ["asiat"],
};

export const readEmployment =
  (service: XRoadService): Read =>
  async (request, signal) => {
    const tietoryhmat = request.groups.flatMap((group) => PARTS[group] ?? []);
    const body = { tunnus: request.hetu, tietoryhmat };
    const answer = await callXRoad(service, { path: "v2/haku", body, request, signal });
    // "Not a customer" is an answer of its own here; a 404 is a wrong address.
    if (answer.status === 404) throw new SourceFault("MALFORMED", "404 that is not about the person");
    const wire = readWire(employmentWire, answer.text);
    if (wire.tulos === "EI_ASIAKAS") return { asOf: null, facts: undefined, servedBy: [] };
    requireSamePerson(wire.tunnus, request.hetu);
    if (wire.tyonhakija) requireSamePerson(wire.tyonhakija.tunnus, request.hetu);
    return fromEmployment(wire, request.groups);
  };
