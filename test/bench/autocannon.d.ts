/** autocannon ships without types; only what the bench uses is declared. */
declare module "autocannon" {
  function autocannon(options: {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    method: string;
    headers: Record<string, string>;
    body: string;
  }): Promise<{ "2xx": number; non2xx: number; errors: number; duration: number }>;
  export = autocannon;
}
