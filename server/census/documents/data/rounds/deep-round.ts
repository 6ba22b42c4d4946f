import type { Round } from '../../../../../shared/census/rounds/rounds.ts'
import { findEdition } from '../../../../register/rule-editions/in-force.ts'
import { listRoundSites, sumOf, tallySites } from '../../../rounds/sites.ts'
import type { Made, Making } from '../made.ts'
import { Parts } from '../made.ts'
import { addDistricts, passRate, SITE_COLUMNS, siteRow, worstFirst } from '../sites.ts'
import { vetoesIn } from './vetoes.ts'

/** Sites of a page of the round's list. */
const PAGE = 1000

/** The deep monitoring of a round: the results that were kept in it and their reasons, whatever has become of the sites since. */
export async function deepRoundReport({ db, user, asked }: Making, round: Round): Promise<Made> {
  const scope =
    asked.district === undefined ? user.scope : { kind: 'district' as const, district: asked.district }
  const districts = await tallySites(db, scope, round.id, round.dueOn)
  const { total, done, passed, failed, vetoed, open } = sumOf(districts)
  const parts = new Parts().section('overview').count({ sites: total, passed, failed, vetoed, open })
  parts.figure('passRate', passRate({ passed, failed, vetoed, open }), 'percent')
  if (asked.district === undefined) addDistricts(parts, districts)
  const sites = []
  for (let after: number | undefined, more = true; more; ) {
    const page = await listRoundSites(db, scope, round.id, { limit: PAGE, after })
    sites.push(...page.items)
    after = page.nextCursor === null ? undefined : Number(page.nextCursor)
    more = after !== undefined
  }
  const vetoes = await vetoesIn(db, scope, round.id, round.dueOn)
  const ordered = sites
    .map((site) => ({ ...site, outcome: site.result ?? ('open' as const), points: site.points ?? 0 }))
    .sort(worstFirst)
  const rowOf = (site: (typeof ordered)[number]) =>
    siteRow(site, {
      outcome: site.result,
      points: site.result && site.points,
      vetoes: vetoes.get(site.siteId) ?? [],
    })
  const bad = ordered.filter(({ result }) => result === 'vetoed' || result === 'failed')
  parts.section('failures').table('failures', SITE_COLUMNS, bad.map(rowOf))
  parts.section('sites').table('sites', SITE_COLUMNS, ordered.map(rowOf))
  return {
    window: { from: round.opensOn, to: round.dueOn },
    edition: await findEdition(db, round.edition, { revision: round.revision ?? undefined }),
    ...{ denominator: total, excluded: [], unmeasured: total - done, parts },
  }
}
