import { formatDate } from "../kernel/dates.ts";
import { NotFound } from "../kernel/errors.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { type ContactPoint, PHASES, type Phase } from "./contact.ts";
import { displayValue, isEmail } from "./contact-value.ts";
import { type Directory, currentReadiness } from "./directory.ts";
import type { County, ReadinessStatus, Step } from "./directory-data.ts";
import { ALAND, countyOrganisation } from "./reference.ts";

/** The languages in which an area's manual is printed. */
export type ManualLanguage = "fi" | "sv";
type Words = Record<ManualLanguage, string>;

const PHASE_NAMES: Record<Phase, Words> = {
  PREPARATION: { fi: "Valmistelu", sv: "Beredning" },
  ENFORCEMENT: { fi: "Täytäntöönpano", sv: "Verkställighet" },
  RELEASE: { fi: "Vapautuminen", sv: "Frigivning" },
  AFTER_RELEASE: { fi: "Vapautumisen jälkeen", sv: "Efter frigivningen" },
};
const READINESS: Record<ReadinessStatus, Words> = {
  NOT_STARTED: { fi: "ei aloitettu", sv: "inte påbörjad" },
  BEGINNING: { fi: "alussa", sv: "i början" },
  IN_PROGRESS: { fi: "työ kesken", sv: "arbetet pågår" },
  READY: { fi: "valmis", sv: "färdig" },
};
const WORDS = {
  title: {
    fi: "Käsikirja: rikostaustaisen asiakkaan palvelut",
    sv: "Handbok: tjänster för klienter med brottslig bakgrund",
  },
  readiness: { fi: "Käsikirjan valmius", sv: "Handbokens läge" },
  undated: { fi: "päiväämätön lähde", sv: "odaterad källa" },
  aland: {
    fi: "Ahvenanmaan sääntöjä ei ole varmistettu. Alueelle kirjoitetaan ruotsiksi.",
    sv: "Reglerna för Åland har inte bekräftats. Till området skriver man på svenska.",
  },
  contacts: { fi: "Yhteyspisteet", sv: "Kontaktpunkter" },
  none: {
    fi: "Alueen yhteyspisteitä ei ole hakemistossa. Katso Palvelutietovaranto tai alueen omat sivut; numeroita ei arvata.",
    sv: "Områdets kontaktpunkter finns inte i katalogen. Se Servicedatalagret eller områdets egna sidor; inga nummer gissas.",
  },
  urgent: { fi: "vain kiireelliseen tarpeeseen", sv: "endast för brådskande behov" },
  secure: {
    fi: "vain turvapostilla, asiointipalvelussa tai kirjeenä",
    sv: "endast med säker e-post, via e-tjänst eller som brev",
  },
  include: { fi: "Kerro aina", sv: "Berätta alltid" },
  situations: { fi: "Vain näihin asioihin", sv: "Endast för dessa ärenden" },
  source: { fi: "Lähde", sv: "Källa" },
  unverified: { fi: "Mitä ei ole vahvistettu", sv: "Vad som inte har bekräftats" },
  nothingOpen: { fi: "Kaikki yhteyspisteet on vahvistettu.", sv: "Alla kontaktpunkter har bekräftats." },
  verified: { fi: "vahvistettu", sv: "bekräftad" },
  printed: { fi: "painettu, ikä ei tiedossa", sv: "tryckt, ålder okänd" },
  inferred: { fi: "vahvistamaton", sv: "obekräftad" },
} satisfies Record<string, Words>;

/**
 * The area's manual as the directory has it now, for reading: steps by phase, contact points, what is not confirmed.
 * @param area code or Finnish or Swedish name of a wellbeing services county
 * @throws NotFound when there is no such area
 */
export function manualText(area: string, language: ManualLanguage, directory: Directory): string {
  const county = findCounty(directory, area);
  const points = directory.contactPoints.filter((point) => point.organisation === countyOrganisation(county.code));
  const word = (of: Words): string => of[language];
  return [
    ...heading(`${word(WORDS.title)}, ${county[language]}`, "="),
    readinessLine(directory, county, language),
    ...(county.code === ALAND ? [word(WORDS.aland)] : []),
    "",
    ...PHASES.flatMap((phase) => phaseLines(directory, phase, language)),
    ...heading(word(WORDS.contacts), "-"),
    ...(points.length === 0 ? [word(WORDS.none)] : points.flatMap((point) => pointLines(directory, point, language))),
    "",
    ...heading(word(WORDS.unverified), "-"),
    ...unverifiedLines(points, language),
  ].join("\n");
}

function findCounty(directory: Directory, area: string): County {
  const text = area.trim().toLocaleLowerCase("fi");
  const found = [...directory.reference.counties.values()].find(
    (county) => county.code === text || [county.fi, county.sv].some((name) => name.toLocaleLowerCase("fi") === text),
  );
  if (found) return found;
  throw new NotFound("There is no such area. Give the code of a wellbeing services county, 01-21, 90 or 91.");
}

const heading = (text: string, line: string): string[] => [text, line.repeat(text.length)];

function readinessLine(directory: Directory, county: County, language: ManualLanguage): string {
  const readiness = currentReadiness(directory, county.code);
  if (!readiness) return "";
  const dated = readiness.asOf === null ? WORDS.undated[language] : formatDate(readiness.asOf);
  return `${WORDS.readiness[language]}: ${READINESS[readiness.status][language]} (${dated})`;
}

function phaseLines(directory: Directory, phase: Phase, language: ManualLanguage): string[] {
  // What holds in every phase is told once, in the first.
  const firstOf = (step: Step): Phase => PHASES.find((one) => step.phases.includes(one))!;
  const steps = directory.reference.steps.filter((step) => firstOf(step) === phase && step.receiver.kind !== "PRISON");
  if (steps.length === 0) return [];
  return [
    ...heading(PHASE_NAMES[phase][language], "-"),
    ...steps.flatMap((step) => stepLines(directory, step, language)),
    "",
  ];
}

function stepLines(directory: Directory, step: Step, language: ManualLanguage): string[] {
  const situations = step.situations.map((one) => directory.reference.situationNames.get(one)![language]).join("; ");
  const include = step.include.map((code) => shortly(directory.reference.includeTexts.get(code)![language])).join("; ");
  return [
    `${step.code}  ${situations}`,
    `    ${step.instruction[language]}`,
    `    ${WORDS.include[language]}: ${include}.`,
    `    ${WORDS.source[language]}: ${step.citation.source}`,
  ];
}

/** What stands before the colon; what follows explains it. */
const shortly = (text: string): string => text.split(": ")[0]!;

function pointLines(directory: Directory, point: ContactPoint, language: ManualLanguage): string[] {
  const word = (of: LocalizedText): string => of[language];
  const marks = [
    ...(point.hours ? [point.hours.printed] : []),
    ...(point.urgentOnly ? [WORDS.urgent[language]] : []),
    ...(isEmail(point.value) ? [WORDS.secure[language]] : []),
    standing(point, language),
  ];
  const situations = point.situations.map((one) => directory.reference.situationNames.get(one)![language]).join("; ");
  return [
    `${word(point.name)}: ${displayValue(point.system, point.value)} (${marks.join("; ")})`,
    `    ${WORDS.situations[language]}: ${situations}`,
    ...(point.note ? [`    ${word(point.note)}`] : []),
  ];
}

const standing = (point: ContactPoint, language: ManualLanguage): string => {
  if (point.verifiedOn !== null) return `${WORDS.verified[language]} ${formatDate(point.verifiedOn)}`;
  return point.evidence === "PRINTED_UNDATED" ? WORDS.printed[language] : WORDS.inferred[language];
};

function unverifiedLines(points: readonly ContactPoint[], language: ManualLanguage): string[] {
  if (points.length === 0) return [WORDS.none[language]];
  const open = points.filter((point) => point.verifiedOn === null);
  if (open.length === 0) return [WORDS.nothingOpen[language]];
  return open.map((point) => `- ${point.name[language]}: ${standing(point, language)} (${point.source})`);
}
