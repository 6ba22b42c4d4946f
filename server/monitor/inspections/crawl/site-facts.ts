import { localDay } from '../../../../shared/base/time.ts'
import type { FieldValue } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { recordRows } from '../../../register/ledger/queries.ts'
import { bookOf } from '../../wrong-words/dictionary.ts'
import { saidHere } from '../../wrong-words/refused.ts'
import type { Given, SiteFacts } from '../rule.ts'

/** What the register knows of a site, for the rules. @param now epoch ms. */
export async function siteFactsOf(db: Db, siteId: number, now: number): Promise<SiteFacts> {
  const row = await recordRows(db)
    .innerJoin('district', 'district.code', 'site.district')
    .select('district.name as districtName')
    .where('site.id', '=', siteId)
    .executeTakeFirstOrThrow()
  const text = (value: FieldValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)
  return {
    ...{ siteId, name: row.name, url: row.url, unitName: row.unit, districtName: row.districtName },
    ...{ code: text(row.code), icp: text(row.profile.icp), police: text(row.profile.police) },
    ...{ isPortal: row.level.endsWith('_portal'), platform: row.platform, today: localDay(now) },
    given: await givenOf(db, siteId),
  }
}

async function givenOf(db: Db, siteId: number): Promise<Given> {
  const wrongWords = await bookOf(db)
  return wrongWords.begins.length > 1 ? { wrongWords, wordsSaid: await saidHere(db, siteId) } : {}
}
