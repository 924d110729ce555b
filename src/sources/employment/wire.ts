import { z } from "zod";
import { wireCode, wireDate, wireHetu, wireInstant, wirePhone, wireText } from "../transport/read-wire.ts";

const known = z.object({
  tulos: z.literal("LOYTYI"),
  tunnus: wireHetu,
  muokattu: wireInstant,
  /** The number without a leading zero, told as the two-character code. */
  tyollisyysalue: z
    .object({
      numero: z
        .int()
        .min(1)
        .max(99)
        .transform((number) => String(number).padStart(2, "0")),
    })
    .nullable(),
  tyonhakija: z
    .object({
      tunnus: wireHetu,
      sukunimi: wireText,
      etunimet: wireText,
      syntymapaiva: wireDate,
      asiointikieli: wireCode({ FI: "fi", SV: "sv", EN: "en" }).optional(),
      yhteystiedot: z
        .object({ matkapuhelin: wirePhone.nullable(), sahkoposti: z.email().nullable() })
        .partial()
        .optional(),
    })
    .optional(),
  tyonhaku: z.object({ voimassa: z.boolean(), alkamispaiva: wireDate.nullable() }).optional(),
  risenYhdyshenkilo: z.object({ nimi: wireText }).nullable().optional(),
  asiat: z
    .array(
      z.object({
        tunnus: wireText,
        asiaryhma: wireCode({
          TYM_LAHETE: "TYM_REFERRAL",
          ALKUHAASTATTELU: "INITIAL_INTERVIEW",
          TYOLLISTYMISSUUNNITELMA: "EMPLOYMENT_PLAN",
        }),
        vaihe: wireCode({ VIREILLA: "RECEIVED", KASITTELYSSA: "IN_PROGRESS", VALMIS: "COMPLETED" }),
        saapumispaiva: wireDate,
      }),
    )
    .optional(),
});

export const employmentWire = z.discriminatedUnion("tulos", [known, z.object({ tulos: z.literal("EI_ASIAKAS") })]);
export type EmploymentWire = z.infer<typeof known>;
