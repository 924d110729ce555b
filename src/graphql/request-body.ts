import type { FastifyInstance } from "fastify";

class Unreadable extends Error {
  constructor(readonly statusCode: 400 | 415) {
    super("the body cannot be read");
  }
}

const UTF_8 = /charset\s*=\s*"?utf-?8"?\s*(;|$)/i;

/**
 * Takes JSON in UTF-8 and nothing else on the routes of this scope: a byte that is none is refused instead of replaced,
 * and `text/plain`, which a foreign page can post, is not read at all.
 */
export function readJsonStrictly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser("error", "error");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  scope.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const type = request.headers["content-type"] ?? "";
    if (/charset/i.test(type) && !UTF_8.test(type)) return done(new Unreadable(415), undefined);
    // What calls itself compressed is not read as if it were not: another on the way might unpack it.
    if ((request.headers["content-encoding"] ?? "identity") !== "identity") return done(new Unreadable(415), undefined);
    let text: string;
    try {
      text = decoder.decode(body);
    } catch {
      return done(new Unreadable(400), undefined);
    }
    void parse(request, text, done);
  });
}
