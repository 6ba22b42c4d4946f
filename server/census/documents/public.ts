import type { Language } from '../../../shared/base/words/language.ts'
import type { Context } from '../../base/context.ts'
import { remembered } from '../../base/http/remembered.ts'
import { Refusal } from '../../base/refusal.ts'
import { aboutOf } from './about.ts'
import { pageOf } from './paper/html.ts'
import { paperOf } from './paper/paper.ts'
import { bytesOfPictures } from './paper/pictures.ts'
import { dataOf, findPublic } from './queries.ts'

/** So long a page is given out as it was made: what was superseded says so soon after. */
const FRESH_MS = 30_000
/** Pages that are held at once. */
const MOST_HELD = 100

/**
 * Pages of what was published, made once for however many ask.
 * @returns the page. @throws Refusal not_found
 */
export function publicPages(ctx: Context): (slug: string, language: Language) => Promise<string> {
  const held = remembered<string>(ctx.clock, FRESH_MS, MOST_HELD)
  return (slug, language) => held(`${slug}|${language}`, () => make(ctx, slug, language))
}

async function make(ctx: Context, slug: string, language: Language): Promise<string> {
  const row = await findPublic(ctx.db, slug)
  const data = row && (await dataOf(ctx.db, row.id))
  if (!row || !data) throw new Refusal('not_found', 'requests.noSuchThing')
  const paper = paperOf(data, aboutOf(ctx, row), language)
  return pageOf(paper, language, await bytesOfPictures(ctx.db, paper))
}
