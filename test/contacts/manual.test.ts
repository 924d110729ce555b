import { describe, expect, it } from "vitest";
import { printedDirectory } from "../../src/contacts/directory.ts";
import { manualText } from "../../src/contacts/manual.ts";
import { NotFound } from "../../src/kernel/errors.ts";

const directory = printedDirectory();

describe("an area's manual", () => {
  it("prints steps by phase, contact points and what is not confirmed, in Finnish", () => {
    const text = manualText("15", "fi", directory);
    const order = [
      "Käsikirja",
      "Valmistelu",
      "Täytäntöönpano",
      "Vapautuminen",
      "Yhteyspisteet",
      "Mitä ei ole vahvistettu",
    ];
    const places = order.map((word) => text.indexOf(word));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain("Keski-Suomen sosiaali- ja kriisipäivystys: 014 266 0149 (vain kiireelliseen tarpeeseen");
    expect(text).toContain("Käsikirjan valmius: valmis (päiväämätön lähde)");
  });

  it("prints in Swedish", () => {
    const text = manualText("Mellersta Finlands välfärdsområde", "sv", directory);
    expect(text).toContain("Handbok");
    expect(text).toContain("Kontaktpunkter");
    expect(text).not.toContain("Käsikirja:");
  });

  it("D23: says for which situation each number is printed", () => {
    const lines = manualText("15", "fi", directory).split("\n");
    const place = lines.findIndex((line) => line.includes("014 266 3478"));
    expect(lines[place + 1]).toBe("    Vain näihin asioihin: Virka-apu (valvontarangaistus, lapsen mielipide)");
  });

  it("tells what each step is from, and to leave one's own contact details", () => {
    const text = manualText("15", "fi", directory);
    expect(text).toContain("Lähde: Rikostaustaisen asiakkaan palveluprosessi, P2; 1301/2014 35 §");
    expect(text).toContain("Omat yhteystietosi");
  });

  it("D26: says of an area without contact points that there are none, and guesses no number", () => {
    const text = manualText("19", "fi", directory);
    expect(text).toContain("numeroita ei arvata");
    expect(text).not.toMatch(/\b0\d\d \d{3} \d{3}/);
  });

  it("D16: says of Åland that its rules are not confirmed", () => {
    expect(manualText("Ahvenanmaa", "sv", directory)).toContain("Reglerna för Åland har inte bekräftats");
  });

  it("refuses an unknown area and names the way out", () => {
    expect(() => manualText("99", "fi", directory)).toThrow(NotFound);
  });
});
