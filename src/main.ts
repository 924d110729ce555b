import "reflect-metadata";
import { runNivel } from "./cli/run.ts";

await runNivel(["serve"]);
