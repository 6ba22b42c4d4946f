import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Language } from '../../../../shared/base/words/language.ts'
import { LANGUAGES } from '../../../../shared/base/words/locales.ts'
import type { Ranking } from '../../../../shared/census/letters/ranking/ranking.ts'
import type { Context } from '../../../base/context.ts'
import { languageFor, offeredLanguages } from '../../../base/words/offered.ts'
import { namedArea } from '../../../register/divisions/area.ts'
import { publishedMonths, publishedRanking } from '../ranking/queries.ts'
import { hotlinePage } from './page.ts'
import { hotlineTable } from './table.ts'

export type PublicForm = 'page' | 'data' | 'table'

/** An answer, written once for all who ask within a while. */
export interface PublicAnswer {
  readonly isFound: boolean
  readonly text: string
  readonly packed: Buffer
}

/** A month that is published shows within this. */
const FRESH_MS = 15_000
/** Answers that are kept at once: a few months in each language and form. */
const MOST_KEPT = 200

const pack = promisify(gzip)

interface Kept {
  readonly atMs: number
  readonly answer: Promise<PublicAnswer>
}

/**
 * What the public is told, from memory: however many ask, the database is asked a few times a minute. Whatever is asked for
 * that is no published month is one answer, so that nobody fills it.
 */
export function publicAnswers(ctx: Context) {
  const kept = new Map<string, Kept>()
  let months: { readonly atMs: number; readonly all: Promise<readonly string[]> } | null = null

  function published(): Promise<readonly string[]> {
    const nowMs = ctx.clock.now()
    if (!months || nowMs - months.atMs > FRESH_MS) {
      const all = publishedMonths(ctx.db)
      const mine = { atMs: nowMs, all }
      months = mine
      all.catch(() => {
        if (months === mine) months = null
      })
    }
    return months.all
  }

  async function written(form: PublicForm, month: string | null, language: Language): Promise<PublicAnswer> {
    const all = await published()
    const ranking = month === null ? null : ((await publishedRanking(ctx.db, month)) ?? null)
    const text = await textOf(form, ranking, all, language)
    return { isFound: ranking !== null, text, packed: await pack(text) }
  }

  async function textOf(
    form: PublicForm,
    ranking: Ranking | null,
    all: readonly string[],
    language: Language,
  ) {
    if (form === 'table') return ranking ? hotlineTable(ranking, language) : ''
    if (form === 'data') return JSON.stringify({ ...ranking, published: all })
    const area = await namedArea(ctx.db)
    return hotlinePage({ ranking, published: all, language, languages: offeredLanguages(), area })
  }

  /** @param asked YYYY-MM; undefined: the last month that was published */
  return async (form: PublicForm, asked: string | undefined, language: Language): Promise<PublicAnswer> => {
    const all = await published()
    const month = asked === undefined ? (all[0] ?? null) : all.includes(asked) ? asked : null
    const key = `${form} ${month} ${language} ${all.length}`
    const nowMs = ctx.clock.now()
    const before = kept.get(key)
    if (before && nowMs - before.atMs <= FRESH_MS) return before.answer
    const answer = written(form, month, language)
    kept.delete(key)
    kept.set(key, { atMs: nowMs, answer })
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
    answer.catch(() => kept.delete(key))
    return answer
  }
}

/** The language of a reader: what the address says, else what the browser asks for. */
export function publicLanguage(said: string | undefined, usual: Language): Language {
  return languageFor(LANGUAGES.find((one) => one === said) ?? usual)
}
