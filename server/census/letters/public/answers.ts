import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Language } from '../../../../shared/base/words/language.ts'
import { LANGUAGES } from '../../../../shared/base/words/locales.ts'
import type { Ranking } from '../../../../shared/census/letters/ranking/ranking.ts'
import type { Context } from '../../../base/context.ts'
import { remembered } from '../../../base/http/remembered.ts'
import { languageFor, offeredLanguages } from '../../../base/words/offered.ts'
import { namedArea } from '../../../register/divisions/area.ts'
import { publishedMonths, publishedRanking } from '../ranking/queries.ts'
import { publicGroups } from './letters-queries.ts'
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
export const FRESH_MS = 15_000
/** Answers that are kept at once: a few months in each language and form. */
export const MOST_KEPT = 200

const pack = promisify(gzip)

/** @returns an answer, packed as well */
export const answerOf = async (isFound: boolean, text: string): Promise<PublicAnswer> => ({
  ...{ isFound, text },
  packed: await pack(text),
})

/**
 * What the public is told, from memory: however many ask, the database is asked a few times a minute. Whatever is asked for
 * that is no published month is one answer, so that nobody fills it.
 */
export function publicAnswers(ctx: Context) {
  const months = remembered<readonly string[]>(ctx.clock, FRESH_MS, 1)
  const answers = remembered<PublicAnswer>(ctx.clock, FRESH_MS, MOST_KEPT)
  const published = () => months('', () => publishedMonths(ctx.db))

  async function written(form: PublicForm, month: string | null, language: Language): Promise<PublicAnswer> {
    const all = await published()
    const ranking = month === null ? null : ((await publishedRanking(ctx.db, month)) ?? null)
    return answerOf(ranking !== null, await textOf(form, ranking, all, language))
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
    const groups = ranking ? await publicGroups(ctx.db, ranking.month) : []
    const withLetters = new Set(groups.map(({ unit_id }) => unit_id))
    return hotlinePage({
      ...{ ranking, published: all, withLetters },
      ...{ language, languages: offeredLanguages(), area },
    })
  }

  /** @param asked YYYY-MM; undefined: the last month that was published */
  return async (form: PublicForm, asked: string | undefined, language: Language): Promise<PublicAnswer> => {
    const all = await published()
    const month = asked === undefined ? (all[0] ?? null) : all.includes(asked) ? asked : null
    return answers(`${form} ${month} ${language} ${all.length}`, () => written(form, month, language))
  }
}

/** The language of a reader: what the address says, else what the browser asks for. */
export function publicLanguage(said: string | undefined, usual: Language): Language {
  return languageFor(LANGUAGES.find((one) => one === said) ?? usual)
}
