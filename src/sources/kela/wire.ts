import { z } from "zod";
import { wireCode, wireDate, wireHetu, wireInstant, wireText } from "../transport/read-wire.ts";

/** Kela writes euros with a decimal comma. */
const euros = z
  .string()
  .regex(/^\d+(,\d{1,2})?$/)
  .transform((text) => {
    const [whole, part = ""] = text.split(",");
    return `${whole!}.${part.padEnd(2, "0")}`;
  });

const iban = z
  .string()
  .transform((text) => text.replaceAll(" ", ""))
  .pipe(z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/));

/** The number without leading zeros, told as the three-character code. */
const municipality = z
  .int()
  .min(1)
  .max(999)
  .transform((number) => String(number).padStart(3, "0"));

export const kelaWire = z.object({
  hetu: wireHetu,
  tietojenAika: wireInstant,
  vireillaOlevia: z.int().min(0),
  rikosseuraamusilmoitus: z.object({ saapui: wireDate }).nullable(),
  asiakas: z
    .object({
      hetu: wireHetu,
      sukunimi: wireText,
      etunimet: wireText,
      syntymaaika: wireDate,
      kieli: wireCode({ FI: "fi", SV: "sv", EN: "en" }).optional(),
      asuinkunta: municipality.nullable().optional(),
      osoite: z
        .object({ lahiosoite: wireText, postinumero: z.string().regex(/^\d{5}$/), postitoimipaikka: wireText })
        .optional(),
    })
    .optional(),
  maksutili: iban.nullable().optional(),
  etuudet: z
    .array(
      z.object({
        etuuslaji: wireCode({
          YLEINEN_ASUMISTUKI: "HOUSING_ALLOWANCE",
          PERUSTOIMEENTULOTUKI: "BASIC_SOCIAL_ASSISTANCE",
          TYOMARKKINATUKI: "LABOUR_MARKET_SUPPORT",
          KANSANELAKE: "NATIONAL_PENSION",
          TAKUUELAKE: "GUARANTEE_PENSION",
          KUNTOUTUSRAHA: "REHABILITATION_ALLOWANCE",
          SAIRAUSPAIVARAHA: "SICKNESS_ALLOWANCE",
          OPINTORAHA: "STUDY_GRANT",
        }),
        alkaa: wireDate,
        paattyy: wireDate.nullable(),
        euroaKuukaudessa: euros.nullable(),
      }),
    )
    .optional(),
  perustoimeentulotuki: z
    .object({
      paatospaiva: wireDate,
      jakso: z.object({ alku: wireDate, loppu: wireDate }),
      ratkaisu: z.enum(["MYONNETTY", "HYLATTY"]),
    })
    .nullable()
    .optional(),
  vireilla: z
    .array(
      z.object({
        viite: wireText,
        hakemuslaji: wireCode({
          PERUSTOIMEENTULOTUKI: "BASIC_SOCIAL_ASSISTANCE",
          YLEINEN_ASUMISTUKI: "HOUSING_ALLOWANCE",
          TYOMARKKINATUKI: "LABOUR_MARKET_SUPPORT",
          KUNTOUTUS: "REHABILITATION",
        }),
        vaihe: wireCode({ VIREILLA: "RECEIVED", KASITTELYSSA: "IN_PROGRESS", LISASELVITYS: "AWAITING_CLARIFICATION" }),
        saapui: wireDate,
      }),
    )
    .optional(),
});
export type KelaWire = z.infer<typeof kelaWire>;

export const kelaUnknownWire = z.object({ virhekoodi: z.literal("E404-ASIAKAS") });
