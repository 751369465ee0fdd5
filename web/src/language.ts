// The language of the page: Vietnamese, or English where the address says lang=en.
import { computed, effect } from "@preact/signals";

import { query } from "./address";
import type { Language } from "./gen/graphql";

/** The language that texts are asked for and written in. */
export const language = computed<Language>(() => (query.value.get("lang") === "en" ? "EN" : "VI"));

/** The language as HTML and Intl name it. */
export const locale = computed(() => (language.value === "EN" ? "en" : "vi-VN"));

effect(() => {
  document.documentElement.lang = language.value === "EN" ? "en" : "vi";
});

/** Words of both languages under the same keys; a word can take what it speaks of. */
export function words<W>(vi: W, en: NoInfer<W>): () => W {
  return () => (language.value === "EN" ? en : vi);
}
