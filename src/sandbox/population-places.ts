/** A prison or probation office of the prison service; the code is the slug of its official Finnish name. */
export interface SyntheticUnit {
  code: string;
  kind: "PRISON" | "PROBATION_OFFICE";
  /** Municipality code; null where the reference does not name the office's seat. */
  municipality: string | null;
  /** The prison whose polyclinic treats its prisoners. */
  clinic: string | null;
}

const prison = (code: string, municipality: string, clinic = code): SyntheticUnit => ({
  code,
  kind: "PRISON",
  municipality,
  clinic,
});

/** The 27 prisons (798/2024, 629/2024). */
export const PRISONS: readonly SyntheticUnit[] = [
  prison("helsingin-vankila", "091"),
  // Suomenlinna has no polyclinic of its own.
  prison("suomenlinnan-vankila", "091", "helsingin-vankila"),
  prison("jokelan-vankila", "858"),
  prison("keravan-vankila", "245"),
  prison("vantaan-vankila", "092"),
  prison("huittisten-vankila", "102"),
  prison("kayran-vankila", "019"),
  prison("koylion-vankila", "783"),
  prison("turun-vankila", "853"),
  prison("hameenlinnan-vankila", "109"),
  prison("kylmakosken-vankila", "020"),
  prison("riihimaen-vankila", "694"),
  prison("vanajan-ja-ojoisten-vankila", "109"),
  prison("juuan-vankila", "176"),
  prison("mikkelin-vankila", "491"),
  prison("naarajarven-vankila", "593"),
  prison("pyhaselan-vankila", "167"),
  prison("sulkavan-vankila", "768"),
  prison("jyvaskylan-vankila", "179"),
  prison("kuopion-vankila", "297"),
  prison("vaasan-vankila", "905"),
  prison("vilppulan-vankila", "508"),
  prison("kestilan-vankila", "791"),
  prison("oulun-vankila", "564"),
  prison("pelson-vankila", "785"),
  prison("sukevan-vankila", "762"),
  prison("ylitornion-vankila", "976"),
];

/** The 7 probation offices (yhdyskuntaseuraamustoimisto). */
export const PROBATION_OFFICES: readonly SyntheticUnit[] = [
  "helsingin",
  "uudenmaan",
  "lounais-suomen",
  "hameen-ja-pirkanmaan",
  "ita-suomen",
  "vali-suomen",
  "pohjois-suomen",
].map((area) => ({
  code: `${area}-yhdyskuntaseuraamustoimisto`,
  kind: "PROBATION_OFFICE",
  municipality: null,
  clinic: null,
}));

/** A municipality in which synthetic persons live. */
export interface SyntheticHome {
  municipality: string;
  /** Name as a post office. */
  postOffice: string;
  postalCode: string;
  /** Code of the wellbeing services county. */
  county: string;
  /** Code of the employment area. */
  employmentArea: string;
  swedish: boolean;
}

const home = (
  municipality: string,
  postOffice: string,
  postalCode: string,
  county: string,
  employmentArea: string,
  swedish = false,
): SyntheticHome => ({ municipality, postOffice, postalCode, county, employmentArea, swedish });

/** At least one municipality of each of the 23 areas. */
export const HOMES: readonly SyntheticHome[] = [
  home("179", "JYVÄSKYLÄ", "40100", "15", "09"),
  home("638", "PORVOO", "06100", "01", "30", true),
  home("106", "HYVINKÄÄ", "05800", "02", "14"),
  home("049", "ESPOO", "02600", "03", "01", true),
  home("092", "VANTAA", "01300", "04", "43", true),
  home("245", "KERAVA", "04200", "04", "11"),
  home("853", "TURKU", "20100", "05", "41", true),
  home("609", "PORI", "28100", "06", "35"),
  home("109", "HÄMEENLINNA", "13100", "07", "42"),
  home("837", "TAMPERE", "33100", "08", "39"),
  home("398", "LAHTI", "15100", "09", "19"),
  home("286", "KOUVOLA", "45100", "10", "16"),
  home("405", "LAPPEENRANTA", "53100", "11", "03"),
  home("491", "MIKKELI", "50100", "12", "23"),
  home("297", "KUOPIO", "70100", "13", "17"),
  home("167", "JOENSUU", "80100", "14", "29"),
  home("743", "SEINÄJOKI", "60100", "16", "37"),
  home("905", "VAASA", "65100", "17", "26", true),
  home("272", "KOKKOLA", "67100", "18", "12", true),
  home("564", "OULU", "90100", "19", "24"),
  home("205", "KAJAANI", "87100", "20", "10"),
  home("698", "ROVANIEMI", "96100", "21", "33"),
  home("890", "UTSJOKI", "99980", "21", "28"),
  home("148", "INARI", "99870", "21", "28"),
  home("091", "HELSINKI", "00100", "90", "08", true),
  home("478", "MARIEHAMN", "22100", "91", "46", true),
];

export function homeIn(municipality: string): SyntheticHome {
  const found = HOMES.find((candidate) => candidate.municipality === municipality);
  if (!found) throw new RangeError(`No synthetic home in municipality ${municipality}.`);
  return found;
}

/** Employment area and county of the municipality in which a prison lies: where those without a home mainly stay. */
export const STAY_IN_JYVASKYLA: { county: string; employmentArea: string } = { county: "15", employmentArea: "09" };
