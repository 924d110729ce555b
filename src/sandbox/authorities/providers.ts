import { addDays, formatDate, localDate } from "../../kernel/dates.ts";
import type { SyntheticPerson } from "../population.ts";
import type { CountyRecord } from "./county-record.ts";
import type { EmploymentRecord } from "./employment-record.ts";
import type { KelaRecord } from "./kela-record.ts";
import type { RiseRecord } from "./rise-record.ts";
import type { ProviderAnswer, XRoadProvider } from "./xroad-server.ts";

type XRoadAuthority = "RISE" | "COUNTY" | "EMPLOYMENT" | "KELA";

/** The services as X-Road names them. The member codes are invented. */
export const SANDBOX_SERVICES: Readonly<Record<XRoadAuthority, string>> = {
  RISE: "FI-TEST/GOV/9000001-0/rise/asiakastiedot",
  COUNTY: "FI-TEST/GOV/9000002-0/hyvinvointialueet/asiakkuudet",
  EMPLOYMENT: "FI-TEST/GOV/9000003-0/tyovoimapalvelut/tyonhakija",
  KELA: "FI-TEST/GOV/9000004-0/kela/etuustiedot",
};

const HTML = { contentType: "text/html;charset=utf-8", body: "<html><body>Huoltokatko</body></html>" };
const WRONG_JSON = { contentType: "application/json", body: '{"henkilo": 7, "rekisterit": "ei"}' };

interface Ask {
  person: SyntheticPerson | undefined;
  wanted: ReadonlySet<string>;
  /** Only these registers of an authority that has several. */
  areas: ReadonlySet<string> | undefined;
  contradict: boolean;
}

/** The four providers behind X-Road over one population. Each looks up by the identity code in the body. */
export function xroadProviders(population: readonly SyntheticPerson[]): Record<XRoadAuthority, XRoadProvider> {
  const byHetu = new Map<string, SyntheticPerson>(population.map((person) => [person.hetu, person]));
  const asked = (answer: (ask: Ask) => ProviderAnswer, hetuField: string) => (body: unknown, contradict: boolean) => {
    const { [hetuField]: hetu, tietoryhmat, alueet } = (body ?? {}) as Record<string, unknown>;
    if (typeof hetu !== "string") return { status: 400, body: { virhe: "PYYNTO_VIRHEELLINEN" } };
    const wanted = new Set(Array.isArray(tietoryhmat) ? tietoryhmat.map(String) : []);
    const areas = Array.isArray(alueet) ? new Set(alueet.map(String)) : undefined;
    return answer({ person: byHetu.get(hetu), wanted, areas, contradict });
  };
  return {
    RISE: {
      authority: "RISE",
      service: SANDBOX_SERVICES.RISE,
      path: "henkilo/haku",
      garbage: WRONG_JSON,
      answer: asked(riseAnswer, "henkilotunnus"),
    },
    COUNTY: {
      authority: "COUNTY",
      service: SANDBOX_SERVICES.COUNTY,
      path: "asiakas/haku",
      garbage: WRONG_JSON,
      answer: asked(countyAnswer, "hetu"),
    },
    EMPLOYMENT: {
      authority: "EMPLOYMENT",
      service: SANDBOX_SERVICES.EMPLOYMENT,
      path: "v2/haku",
      garbage: HTML,
      answer: asked(employmentAnswer, "tunnus"),
    },
    KELA: {
      authority: "KELA",
      service: SANDBOX_SERVICES.KELA,
      path: "etuudet/kysely",
      garbage: HTML,
      answer: asked(kelaAnswer, "hetu"),
    },
  };
}

/** Only the parts that were asked for leave the register. */
function only<T extends object>(record: T, always: readonly (keyof T)[], wanted: ReadonlySet<string>): Partial<T> {
  const entries = Object.entries(record).filter(([key]) => always.includes(key as keyof T) || wanted.has(key));
  return Object.fromEntries(entries) as Partial<T>;
}

const otherMunicipality = (code: string | undefined) => (code === "564" ? "837" : "564");

function riseAnswer({ person, wanted, contradict }: Ask): ProviderAnswer {
  if (!person) return { status: 404, body: { virhe: "HENKILOA_EI_LOYDY" } };
  const record = contradict ? contradictingRise(person.rise) : person.rise;
  const answer = only(record, ["paivitetty", "palvelevatYksikot"], wanted);
  return { status: 200, body: { ...answer, henkilotunnus: person.hetu } };
}

function contradictingRise(record: RiseRecord): RiseRecord {
  const [day, month, year] = record.seuraamus.taytantoonpanoAlkoi.split(".").map((part) => part.padStart(2, "0"));
  return {
    ...record,
    henkilo: {
      ...record.henkilo,
      sukunimi: `Toinen-${record.henkilo.sukunimi}`,
      kotikunta: { koodi: otherMunicipality(record.henkilo.kotikunta?.koodi) },
    },
    seuraamus: {
      ...record.seuraamus,
      ehdonalaiseenPaasyPvm: formatDate(addDays(localDate(`${year}-${month}-${day}`), 30)),
    },
  };
}

function countyAnswer({ person, wanted, areas, contradict }: Ask): ProviderAnswer {
  const records = (person?.county ?? [])
    .filter((record) => !areas || areas.has(record.alue))
    .map((record) => (contradict ? contradictingCounty(record) : record));
  const rekisterit = records.map((record) => ({
    ...only(record, ["alue", "paivitetty"], wanted),
    hetu: record.asiakas.hetu,
    asiakkuusVoimassa: record.asiakkuudet.some((relationship) => relationship.tehtava !== "LASTENSUOJELU"),
  }));
  return { status: 200, body: { rekisterit } };
}

const contradictingCounty = (record: CountyRecord): CountyRecord => ({
  ...record,
  asiakas: {
    ...record.asiakas,
    nimi: { ...record.asiakas.nimi, suku: `Toinen-${record.asiakas.nimi.suku}` },
    kotikunta: otherMunicipality(record.asiakas.kotikunta),
  },
});

function employmentAnswer({ person, wanted, contradict }: Ask): ProviderAnswer {
  if (!person?.employment) return { status: 200, body: { tulos: "EI_ASIAKAS" } };
  const record = contradict ? contradictingEmployment(person.employment) : person.employment;
  const answer = only(record, ["muokattu", "tyollisyysalue"], wanted);
  return { status: 200, body: { tulos: "LOYTYI", tunnus: person.hetu, ...answer } };
}

const contradictingEmployment = (record: EmploymentRecord): EmploymentRecord => ({
  ...record,
  tyonhakija: { ...record.tyonhakija, sukunimi: `Toinen-${record.tyonhakija.sukunimi}` },
  tyonhaku: { voimassa: true, alkamispaiva: addDays(record.tyonhakija.syntymapaiva, 7000) },
});

function kelaAnswer({ person, wanted, contradict }: Ask): ProviderAnswer {
  if (!person?.kela) return { status: 404, body: { virhekoodi: "E404-ASIAKAS", selite: "Asiakasta ei ole" } };
  const record = contradict ? contradictingKela(person.kela) : person.kela;
  const answer = only(record, ["tietojenAika", "rikosseuraamusilmoitus"], wanted);
  return { status: 200, body: { ...answer, hetu: person.hetu, vireillaOlevia: record.vireilla.length } };
}

const contradictingKela = (record: KelaRecord): KelaRecord => ({
  ...record,
  asiakas: {
    ...record.asiakas,
    sukunimi: `Toinen-${record.asiakas.sukunimi}`,
    asuinkunta: Number(otherMunicipality(String(record.asiakas.asuinkunta).padStart(3, "0"))),
  },
});
