import "reflect-metadata";
import { runNivel } from "./run.ts";

await runNivel(process.argv.slice(2));
