import { z } from "zod";
import { type LocalDate, isLocalDate } from "../../kernel/dates.ts";
import { wireCode, wireHetu, wireInstant, wireMunicipality, wirePhone, wireText } from "../transport/read-wire.ts";

/** The prison service writes dates as `p.k.vvvv`. */
const riseDate = z.string().transform((text, context): LocalDate => {
  const [day, month, year] = text.split(".");
  const date = `${year ?? ""}-${(month ?? "").padStart(2, "0")}-${(day ?? "").padStart(2, "0")}`;
  if (isLocalDate(date)) return date;
  context.addIssue({ code: "custom", message: "no date" });
  return z.NEVER;
});

/** Cents, told as euros with two decimals. */
const cents = z.int().transform((amount) => (amount / 100).toFixed(2));

/** ISO 639-2 to ISO 639-1. */
const language = wireCode({
  fin: "fi",
  swe: "sv",
  eng: "en",
  rus: "ru",
  ara: "ar",
  sme: "se",
  est: "et",
  som: "so",
  ukr: "uk",
  hrv: "hr",
});

/** ISO 3166-1 alpha-3 to alpha-2. */
const citizenship = wireCode({
  FIN: "FI",
  SWE: "SE",
  NOR: "NO",
  EST: "EE",
  LVA: "LV",
  LTU: "LT",
  RUS: "RU",
  UKR: "UA",
  HRV: "HR",
  ROU: "RO",
  POL: "PL",
  IRQ: "IQ",
  IRN: "IR",
  SYR: "SY",
  SOM: "SO",
  AFG: "AF",
  TUR: "TR",
  XXX: "XX",
});

export const risePersonWire = z.object({
  henkilotunnus: wireHetu,
  sukunimi: wireText,
  etunimet: wireText,
  syntymaaika: riseDate,
  aidinkieli: language.optional(),
  asiointikieli: language.optional(),
  tulkinTarve: z.boolean().optional(),
  kansalaisuus: citizenship.optional(),
  siviilisaaty: wireCode({
    NAIMATON: "UNMARRIED",
    AVIOLIITOSSA: "MARRIED",
    REKISTEROITY_PARISUHDE: "REGISTERED_PARTNERSHIP",
    ERONNUT: "DIVORCED",
    LESKI: "WIDOWED",
  }).optional(),
  turvakielto: z.boolean(),
  kotikunta: z.object({ koodi: wireMunicipality }).nullable().optional(),
  osoite: z
    .object({ lahiosoite: wireText, postinumero: z.string().regex(/^\d{5}$/), postitoimipaikka: wireText })
    .optional(),
  puhelin: wirePhone.nullable().optional(),
  sahkoposti: z.email().nullable().optional(),
});

export const riseSentenceWire = z.object({
  laji: wireCode({
    TUTKINTAVANKEUS: "REMAND",
    VANKEUS_MAARAAIKAINEN: "FIXED_TERM_IMPRISONMENT",
    VANKEUS_ELINKAUTINEN: "LIFE_IMPRISONMENT",
    SAKON_MUUNTORANGAISTUS: "FINE_CONVERSION",
    YHDISTELMARANGAISTUS: "COMBINATION_SENTENCE",
    YHDYSKUNTAPALVELU: "COMMUNITY_SERVICE",
    VALVONTARANGAISTUS: "MONITORING_SENTENCE",
    NUORISORANGAISTUS: "JUVENILE_PUNISHMENT",
    EHDOLLISEN_VANKEUDEN_VALVONTA: "SUPERVISED_CONDITIONAL_IMPRISONMENT",
    EHDONALAISEN_VAPAUDEN_VALVONTA: "SUPERVISED_CONDITIONAL_RELEASE",
  }),
  taytantoonpanoAlkoi: riseDate.nullable().optional(),
  valvottuKoevapausAlkaa: riseDate.nullable().optional(),
  ehdonalaiseenPaasyPvm: riseDate.nullable().optional(),
  taysiaikaPvm: riseDate.nullable().optional(),
});

export const riseWire = z.object({
  henkilotunnus: wireHetu,
  paivitetty: wireInstant,
  palvelevatYksikot: z.array(z.string().regex(/^[a-z-]+$/)),
  henkilo: risePersonWire.optional(),
  seuraamus: riseSentenceWire.optional(),
  sijoitus: z
    .object({
      yksikko: z.string().regex(/^[a-z-]+$/),
      virkamies: z
        .object({
          tunnus: wireText.nullable(),
          nimi: wireText,
          nimike: wireText,
          puhelin: wirePhone.nullable(),
          sahkoposti: z.email().nullable(),
        })
        .nullable(),
    })
    .optional(),
  suunnitelma: z
    .object({
      tyollistyminen: wireText.nullable().optional(),
      toiminta: wireText.nullable().optional(),
      tyokyky: wireText.nullable().optional(),
    })
    .nullable()
    .optional(),
  talous: z
    .object({
      kayttorahaSnt: cents.nullable().optional(),
      toimintarahaSnt: cents.nullable().optional(),
      saldoSnt: cents.nullable().optional(),
    })
    .nullable()
    .optional(),
  huollettavat: z
    .array(
      z.object({
        sukunimi: wireText,
        etunimet: wireText,
        syntymavuosi: z.int().min(1900).max(2200),
        samaTalous: z.boolean(),
      }),
    )
    .optional(),
  asiat: z
    .array(
      z.object({
        tunniste: wireText,
        laji: wireCode({ SEURAAMUSSELVITYS: "PRE_SENTENCE_REPORT", VAPAUTTAMISSUUNNITELMA: "RELEASE_PLAN" }),
        tila: wireCode({ VIREILLA: "RECEIVED", KESKEN: "IN_PROGRESS", VALMIS: "COMPLETED" }),
        saapunut: riseDate,
      }),
    )
    .optional(),
});
export type RiseWire = z.infer<typeof riseWire>;

/** The provider's own word for "not known here". A bare 404 of a wrong address does not say it. */
export const riseUnknownWire = z.object({ virhe: z.literal("HENKILOA_EI_LOYDY") });
