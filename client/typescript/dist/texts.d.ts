import type { Problem } from "./card.js";
import type { Field } from "./error.js";
/** The languages; Japanese unless chosen. */
export type Language = "ja" | "en";
/** Says what a word of kessai's means to a shopper. */
export declare function reasonText(reason: string, language: Language): string;
/** Says what is wrong with a field. */
export declare function fieldText(field: Field, problem: Problem, language: Language): string;
