/**
 * Errors that a caller may be told of. Their message is written for a person, names the way out, and never holds a
 * submitted value, a personal identity code, SQL or a path. Every other error is a bug and reaches the outside as
 * "internal error" with a correlation id.
 */
export abstract class NivelError extends Error {
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFound extends NivelError {
  readonly code = "NOT_FOUND";
}

export class InvalidInput extends NivelError {
  readonly code = "BAD_USER_INPUT";
}

/** No token, or one that does not verify. */
export class Unauthenticated extends NivelError {
  readonly code = "UNAUTHENTICATED";
}

/** Something that the hub stands on does not answer; nobody is told that they are wrong. */
export class Unavailable extends NivelError {
  readonly code = "UNAVAILABLE";
}

/** The client has spent its allowance, or too many attempts failed; it may come again later (HTTP 429). */
export class TooManyRequests extends NivelError {
  readonly code = "RATE_LIMITED";

  /** @param retryAfterSeconds whole seconds, at least 1: the header `Retry-After` */
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}

/** The caller is known and may not do this. */
export class Refused extends NivelError {
  readonly code = "FORBIDDEN";
}

/** An operation that touches a person was asked without a purpose. */
export class PurposeRequired extends NivelError {
  readonly code = "PURPOSE_REQUIRED";
}

/** The hub cannot start; the message is the one line that its operator sees. */
export class StartupError extends NivelError {
  readonly code = "STARTUP";
}
