import type { Size } from '../pages.ts'

/** All that a page is looked at in. What is asked for on the command line narrows each of these. */
const LOOKS = {
  size: ['1366', '1440', '1080p', 'phone', '4k'],
  language: ['zh', 'en'],
  theme: ['light', 'dark'],
} as const

export type SizeName = (typeof LOOKS.size)[number]
export type Language = (typeof LOOKS.language)[number]
export type Theme = (typeof LOOKS.theme)[number]

/** A screen, a language and a theme: the pictures of one contact sheet. */
export interface Look {
  readonly size: SizeName
  readonly language: Language
  readonly theme: Theme
}

export const SCREENS: Record<SizeName, Size> = {
  '1366': { width: 1366, height: 768 },
  '1440': { width: 1440, height: 900 },
  '1080p': { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
  '4k': { width: 3840, height: 2160 },
}

/** What is drawn at 4K: what hangs on a wall, and the overview that is shown beside it. */
export const ON_4K: readonly string[] = ['wall', 'replay', 'overview']

/** Of each axis what was asked for; an axis of which nothing was named is taken whole. */
export function looksOf(asked: readonly string[]): Look[] {
  const sizes = named(LOOKS.size, asked)
  const languages = named(LOOKS.language, asked)
  const themes = named(LOOKS.theme, asked)
  return sizes.flatMap((size) =>
    languages.flatMap((language) => themes.map((theme) => ({ size, language, theme }))),
  )
}

/** @returns those of `all` that `asked` names, or all where it names none. */
export function named<T extends string>(all: readonly T[], asked: readonly string[]): readonly T[] {
  const some = all.filter((one) => asked.includes(one))
  return some.length > 0 ? some : all
}

/** `1366-zh-light`, as its files and its contact sheet are called. */
export const nameOf = ({ size, language, theme }: Look): string => `${size}-${language}-${theme}`
