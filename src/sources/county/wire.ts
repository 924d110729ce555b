import { z } from "zod";
import { wireCode, wireDate, wireHetu, wireInstant, wirePhone, wireText } from "../transport/read-wire.ts";

const yesNo = z.enum(["K", "E"]).transform((letter) => letter === "K");

const language = wireCode({
  suomi: "fi",
  ruotsi: "sv",
  englanti: "en",
  venäjä: "ru",
  arabia: "ar",
  pohjoissaame: "se",
  viro: "et",
  somali: "so",
  ukraina: "uk",
  kroatia: "hr",
});

/** Child protection's own entries: their subject is the child, so they never enter the parent's case (D7). */
export const CHILD_PROTECTION = "CHILD_PROTECTION";

const registerWire = z.object({
  alue: z.string().regex(/^\d{2}$/),
  paivitetty: wireInstant,
  hetu: wireHetu,
  asiakkuusVoimassa: z.boolean(),
  asiakas: z
    .object({
      hetu: wireHetu,
      nimi: z.object({ suku: wireText, etu: wireText }),
      syntynyt: wireDate,
      kielet: z.object({ aidinkieli: language, asiointi: language }).partial().optional(),
      tulkki: yesNo.optional(),
      kotikunta: z.union([z.literal("EI_KOTIKUNTAA").transform(() => null), z.string().regex(/^\d{3}$/)]).optional(),
      osoite: z.object({ katu: wireText, postinro: z.string().regex(/^\d{5}$/), paikka: wireText }).optional(),
      puhelin: wirePhone.nullable().optional(),
      sposti: z.email().nullable().optional(),
      turvakielto: yesNo,
    })
    .optional(),
  asiakkuudet: z
    .array(
      z.object({
        tehtava: wireCode({
          TYOIKAISTEN_PALVELUT: "ADULT_SOCIAL_WORK",
          PAIHDEPALVELUT: "SUBSTANCE_ABUSE_SERVICES",
          MIELENTERVEYSPALVELUT: "MENTAL_HEALTH_SERVICES",
          ASUMISPALVELUT: "HOUSING_SERVICES",
          KUNTOUTTAVA_TYOTOIMINTA: "REHABILITATIVE_WORK",
          SOSIAALINEN_KUNTOUTUS: "SOCIAL_REHABILITATION",
          LAPSIPERHEIDEN_PALVELUT: "FAMILY_SERVICES",
          JALKIHUOLTO: "AFTERCARE",
          LASTENSUOJELU: CHILD_PROTECTION,
        }),
        alkanut: wireDate,
        omatyontekija: z.object({ nimi: wireText, puhelin: wirePhone.nullable() }).nullable(),
      }),
    )
    .optional(),
  lapset: z
    .array(z.object({ suku: wireText, etu: wireText, vuosi: z.int().min(1900).max(2200), asuuAsiakkaanLuona: yesNo }))
    .optional(),
  vireilla: z
    .array(
      z.object({
        dnro: wireText,
        asia: wireCode({
          YHTEYDENOTTO: "CONTACT_FOR_SUPPORT",
          HUOLI_ILMOITUS: "NOTICE_OF_CONCERN",
          PALVELUTARPEEN_ARVIOINTI: "SERVICE_NEED_ASSESSMENT",
          TAYDENTAVA_TOIMEENTULOTUKI: "SUPPLEMENTARY_SOCIAL_ASSISTANCE",
          EHKAISEVA_TOIMEENTULOTUKI: "PREVENTIVE_SOCIAL_ASSISTANCE",
          LASTENSUOJELUILMOITUS: CHILD_PROTECTION,
        }),
        vaihe: wireCode({ SAAPUNUT: "RECEIVED", KASITTELYSSA: "IN_PROGRESS", PAATETTY: "COMPLETED" }),
        saapui: wireDate,
      }),
    )
    .optional(),
});
export type CountyRegisterWire = z.infer<typeof registerWire>;

/** One entry for each county register that knows the person; none when no county does. */
export const countyWire = z.object({ rekisterit: z.array(registerWire) });
