import fc from "fast-check";
import { whole } from "./real-parts.ts";

// In small the inputs that a law is tried on are the same each time: what fails is of the change, and not of the day.
if (!whole) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });
