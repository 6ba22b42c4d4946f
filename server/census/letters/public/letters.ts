import type { Language } from '../../../../shared/base/words/language.ts'
import { LETTER_KINDS, type LetterKind } from '../../../../shared/census/letters/letters-rules.ts'
import type { Context } from '../../../base/context.ts'
import { remembered } from '../../../base/http/remembered.ts'
import { createTurns } from '../../../base/turns.ts'
import { offeredLanguages } from '../../../base/words/offered.ts'
import { namedArea } from '../../../register/divisions/area.ts'
import { reckoningIn } from '../terms.ts'
import { answerOf, FRESH_MS, MOST_KEPT, type PublicAnswer } from './answers.ts'
import { letterPage, lettersPage } from './letters-page.ts'
import {
  type PublicChoice,
  type PublicGroup,
  type PublicLetter,
  publicGroups,
  publicLetter,
  publicLines,
  publicMonths,
} from './letters-queries.ts'

/** Letters of one page. */
const ROWS = 50
/** Months whose counts are held. */
const MOST_MONTHS = 60
/** Pages that are made at once, and that wait for it: whoever asks beyond is told to come back. */
const [AT_ONCE, WAITING] = [4, 200]
/** PostgreSQL's `int` has no more. */
const MOST_SERIAL = 2_147_483_647

/** What somebody asks for, as it stands in the address. */
export interface LettersAsked {
  readonly month?: string | undefined
  readonly unit?: string | undefined
  readonly kind?: string | undefined
  readonly page?: string | undefined
}

/**
 * The letters that everybody may read, from memory: a list by month of answer, department and kind, and each on its page. What
 * is asked for and is not there is one answer; few are made at once, whatever is asked.
 */
export function publicLetters(ctx: Context) {
  const months = remembered<readonly string[]>(ctx.clock, FRESH_MS, 1)
  const groups = remembered<readonly PublicGroup[]>(ctx.clock, FRESH_MS, MOST_MONTHS)
  const lists = remembered<PublicAnswer>(ctx.clock, FRESH_MS, MOST_KEPT)
  const singles = remembered<PublicAnswer | null>(ctx.clock, FRESH_MS, MOST_KEPT, (one) => one !== null)
  const nones = remembered<PublicAnswer>(ctx.clock, FRESH_MS, MOST_KEPT)
  const turns = createTurns(AT_ONCE, WAITING, 'hotline.busy')
  const about = async (language: Language) => ({
    ...{ language, languages: offeredLanguages(), area: await namedArea(ctx.db) },
  })

  async function list(asked: LettersAsked, language: Language): Promise<PublicAnswer> {
    const all = await months('', () => publicMonths(ctx.db))
    const month =
      asked.month === undefined ? (all[0] ?? null) : (all.find((one) => one === asked.month) ?? null)
    const counted = month === null ? [] : await groups(month, () => publicGroups(ctx.db, month))
    const choice = month === null ? null : choiceOf(asked, month, counted)
    const total = choice === null ? 0 : counted.filter(isOf(choice)).reduce((sum, { n }) => sum + n, 0)
    const pages = Math.max(1, Math.ceil(total / ROWS))
    const page = pageOf(asked.page, pages)
    const isFound = choice !== null && page !== null && total > 0
    const key = isFound ? `${JSON.stringify(choice)} ${page} ${language}` : `none ${language}`
    return lists(key, () =>
      turns.run('stranger', async () => {
        const shown = isFound
          ? { ...{ choice, page, pages, total, groups: counted }, rows: await rowsOf(choice, page) }
          : null
        return answerOf(isFound, lettersPage({ shown, months: all, ...(await about(language)) }))
      }),
    )
  }

  const rowsOf = async (choice: PublicChoice, page: number) => {
    const rows = await publicLines(ctx.db, choice, { limit: ROWS, offset: (page - 1) * ROWS })
    return { rows, ...(await reckoningIn(ctx.db, ctx.clock.now())) }
  }

  async function one(number: string, language: Language): Promise<PublicAnswer> {
    const [, year, serial] = /^(\d{4})-(\d{6,10})$/.exec(number) ?? []
    const isNumber = year !== undefined && Number(serial) <= MOST_SERIAL
    const written = async (letter: PublicLetter | null) => {
      const { calendar } = await reckoningIn(ctx.db, ctx.clock.now())
      return answerOf(letter !== null, letterPage({ letter, calendar, ...(await about(language)) }))
    }
    const found = isNumber
      ? await singles(`${year}-${Number(serial)} ${language}`, () =>
          turns.run('stranger', async () => {
            const letter = await publicLetter(ctx.db, Number(year), Number(serial))
            return letter ? written(letter) : null
          }),
        )
      : null
    return found ?? nones(language, () => turns.run('stranger', () => written(null)))
  }

  return { list, one }
}

/** What there are letters of; null where something is asked for that has none. */
function choiceOf(
  { unit, kind }: LettersAsked,
  month: string,
  counted: readonly PublicGroup[],
): PublicChoice | null {
  const known = counted.find(({ unit_id }) => String(unit_id) === unit)
  const kindAsked = LETTER_KINDS.find((one: LetterKind) => one === kind)
  if ((unit !== undefined && !known) || (kind !== undefined && !kindAsked)) return null
  return { month, unit: known?.unit_id ?? null, kind: kindAsked ?? null }
}

const isOf =
  ({ unit, kind }: PublicChoice) =>
  (group: PublicGroup): boolean =>
    (unit === null || group.unit_id === unit) && (kind === null || group.kind === kind)

function pageOf(asked: string | undefined, pages: number): number | null {
  if (asked === undefined) return 1
  const page = /^\d{1,6}$/.test(asked) ? Number(asked) : 0
  return page >= 1 && page <= pages ? page : null
}
