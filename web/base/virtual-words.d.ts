/** Made of `shared/locales/` when the pages are built (`vite.words.ts`). */
declare module 'virtual:words' {
  type Locale = import('../../shared/base/words/locales.ts').Locale
  type Part = import('../../shared/base/words/parts.ts').Part
  type Tree = import('../../shared/base/words/words.ts').Tree

  export const words: Readonly<Record<Locale, Readonly<Record<Part, () => Promise<{ default: Tree[] }>>>>>
}
