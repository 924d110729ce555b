/** Ids and digests hold digits enough to look like an identity code by chance. */
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32,}\b/gi;

const SECRETS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["an identity code", /\d{6}[-+A-Y]\d{3}[0-9A-FHJ-NPR-Y]/i],
  ["an access token's scheme", /\bBearer [\w-]/i],
  ["a JWT", /\beyJ[\w-]{8,}\.[\w-]+/],
  ["a private key", /PRIVATE KEY|"(d|k|privateKey)":\s*"[\w+/=-]{20,}"/],
  ["a password in an address", /:\/\/[^/\s"@:]+:[^/\s"@]+@/],
  ["a name of the made-up population", /Šimić|Demo Asiakas/],
];

/** Names of the secrets that stand in a text; never the secrets themselves. */
export const secretsIn = (text: string): string[] => {
  const bare = text.replace(IDS, "[id]");
  return SECRETS.filter(([, pattern]) => pattern.test(bare)).map(([name]) => name);
};
