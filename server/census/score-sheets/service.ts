import type { z } from 'zod'
import { localDay } from '../../../shared/base/time.ts'
import type { sheetEndpoints } from '../../../shared/census/score-sheets/api.ts'
import type { Sheet } from '../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { editionInForce, findEdition } from '../../register/rule-editions/in-force.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { measureSites } from './measure.ts'
import { findSheet } from './queries.ts'
import './refusals.ts'

type Asked = z.output<(typeof sheetEndpoints)['siteSheet']['query']>
type Trial = z.output<(typeof sheetEndpoints)['trialSheet']['body']>

const editionOf = async (ctx: Context, code: string | undefined): Promise<EditionBody> =>
  code === undefined ? editionInForce() : findEdition(ctx.db, code, { on: localDay(ctx.clock.now()) })

/**
 * The sheet of a site: of today as it stands now, of a day before as it was kept when that had ended.
 * @throws Refusal not_found, also when none was kept; invalid for a day to come
 */
export async function siteSheet(ctx: Context, user: Principal, id: number, asked: Asked): Promise<Sheet> {
  if (!(await findLocation(ctx.db, user.scope, id))) throw new Refusal('not_found', 'common.noSuchSite')
  const atMs = ctx.clock.now()
  const today = localDay(atMs)
  const on = asked.on ?? today
  if (on > today) throw new Refusal('invalid', 'sheets.dayToCome')
  if (on < today) {
    const kept = await findSheet(ctx.db, id, on, asked.edition)
    if (!kept) throw new Refusal('not_found', 'sheets.noneKept', { values: { day: on } })
    return kept
  }
  const edition = await editionOf(ctx, asked.edition)
  const measured = await measureSites(ctx.db, [id], edition, { atMs, today })
  const of = measured.get(id) ?? { counted: {}, isPortal: false }
  return { on, ...scoreSheet(edition, of) }
}

/** What the rules make of numbers that somebody gives. @throws Refusal not_found; invalid where a rule is none of the edition's */
export async function trialSheet(ctx: Context, { edition: code, measured, portal }: Trial): Promise<Sheet> {
  const edition = await editionOf(ctx, code)
  const stranger = Object.keys(measured).find((rule) => !edition.rules.some(({ id }) => id === rule))
  if (stranger !== undefined) {
    throw new Refusal('invalid', 'sheets.noSuchRule', {
      values: { rule: stranger },
      issues: [{ path: `measured.${stranger}`, reason: 'sheets.noSuchRule', values: { rule: stranger } }],
    })
  }
  const of = { counted: countedBy(measured, 'person'), isPortal: portal }
  return { on: localDay(ctx.clock.now()), ...scoreSheet(edition, of) }
}
