/**
 * Invented names of the synthetic population, by the language community they exercise: Swedish å, Sámi đ ŋ ŧ,
 * South Slavic đ ć, Cyrillic and Arabic script. Any likeness to a living person is chance.
 */
export interface NameStock {
  family: readonly string[];
  given: readonly string[];
}

export const FINNISH_NAMES: NameStock = {
  family: [
    "Harjanvirta",
    "Koskenrinne",
    "Lehtosaari",
    "Mäntyvaara",
    "Niittykorpi",
    "Ojalampi",
    "Peltoniitty",
    "Rantakallio",
    "Suosaari",
    "Tuulenkylä",
    "Vuorenjoki",
    "Yläkangas",
    "Hietaharju",
    "Kivikuru",
    "Louhisalmi",
    "Metsäkumpu",
  ],
  given: [
    "Aino Maria",
    "Eero Juhani",
    "Helmi Sofia",
    "Ilmari Antero",
    "Kaisa Elina",
    "Lauri Tapani",
    "Martta Liisa",
    "Onni Kalevi",
    "Päivi Anneli",
    "Reijo Olavi",
    "Saara Katariina",
    "Toivo Sakari",
    "Veera Johanna",
    "Väinö Matias",
    "Jussi-Pekka",
    "Tiia",
  ],
};

export const SWEDISH_NAMES: NameStock = {
  family: ["Björkängen", "Sjöåker", "Grönvallsberg", "Åkerhamn", "Östernäs", "Strandqvarn"],
  given: ["Märta Ulrika", "Håkan", "Åke Johan", "Göta", "Nils-Erik", "Viveka Sofia"],
};

export const SAMI_NAMES: NameStock = {
  family: ["Áigeđat", "Vuoŋŋal", "Guhttorŧ", "Sáđđu"],
  given: ["Máŋnu Áslat", "Biŋŋá Ŧeá", "Niillas Heaŋdarat", "Đávvi"],
};

export const SOUTH_SLAVIC_NAMES: NameStock = {
  family: ["Đurašković-Šumar", "Žučić", "Čolakđić"],
  given: ["Đorđe", "Željka Đurđa", "Ćiro"],
};

export const CYRILLIC_NAMES: NameStock = {
  family: ["Берёзовский-Щукин", "Ёлкина"],
  given: ["Юрий Фёдорович", "Любовь"],
};

export const ARABIC_NAMES: NameStock = {
  family: ["الوادي", "النخيل"],
  given: ["سليم نور", "ليلى"],
};

/** Officials of the synthetic authorities. */
export const OFFICIAL_NAMES: readonly string[] = [
  "Henna Kallioranta",
  "Mikael Sundåker",
  "Outi Järvikoski",
  "Tero Lahtimaa",
  "Saija Honkavuori",
  "Petra Ängsback",
  "Jarkko Metsälampi",
  "Riina Saarivirta",
  "Anssi Korpiniemi",
  "Mirva Tuulikallio",
];
