import { PDFHexString } from "pdf-lib";

/** A PDF text string of any characters, lone surrogates included, as UTF-16 with its mark. */
export function pdfText(text: string): PDFHexString {
  let hex = "FEFF";
  for (let at = 0; at < text.length; at++) {
    hex += text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  }
  return PDFHexString.of(hex);
}

/** An ASCII string of the file format itself, such as a registry name. */
export const hexText = (text: string): PDFHexString => PDFHexString.of(Buffer.from(text, "latin1").toString("hex"));
