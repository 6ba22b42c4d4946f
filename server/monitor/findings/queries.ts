import { localDay } from '../../../shared/base/time.ts'
import {
  agreementOf,
  type PersonFinding,
  personFindingHolds,
  type SiteSignals,
} from '../../../shared/monitor/findings/findings.ts'
import type { Db } from '../../base/db/database.ts'
import { shownAddress } from '../persons/address.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { standingDoubts } from './doubts-store.ts'
import { shownTitle } from './shown.ts'

/** The two signals of a site and a person's finding, as they stand at `now` (epoch ms). */
export async function findSignals(db: Db, siteId: number, now: number): Promise<SiteSignals> {
  const state = await db
    .selectFrom('site_state')
    .select('finding')
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  const news = await db.selectFrom('site_news').selectAll().where('site_id', '=', siteId).executeTakeFirst()
  const machineNewest = state?.finding?.newest ?? null
  const today = localDay(now)
  const remembered = news ? { since: news.since, newDay: news.new_day } : null
  return {
    machineNewest,
    agreement: agreementOf(machineNewest, remembered, today, rulesInForce()),
    news: remembered && {
      ...{ ...remembered, count: news?.new_count ?? 0 },
      titles: (news?.new_titles ?? []).map((title) => shownTitle(title, today)),
    },
    rewritten: (news?.rewritten ?? []).map((one) => ({ ...one, title: shownTitle(one.title, today) })),
    doubts: (await standingDoubts(db, siteId)).map(({ key: _key, title, url, ...doubt }) => ({
      ...doubt,
      title: shownTitle(title, today),
      url: url && shownAddress(url, today),
    })),
    said: await findSaid(db, siteId, machineNewest, now),
  }
}

async function findSaid(
  db: Db,
  siteId: number,
  machineNewest: string | null,
  now: number,
): Promise<PersonFinding | null> {
  const row = await db
    .selectFrom('site_said')
    .innerJoin('user_account as person', 'person.id', 'site_said.said_by')
    .selectAll('site_said')
    .select('person.name')
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  if (!row) return null
  const facts = {
    updatedOn: row.updated_on,
    machineNewest: row.machine_newest,
    untilMs: row.expires_at.getTime(),
  }
  return {
    by: { id: row.said_by, name: row.name },
    at: row.said_at.toISOString(),
    updatedOn: row.updated_on,
    note: row.note,
    until: row.expires_at.toISOString(),
    holds: personFindingHolds(facts, machineNewest, now),
  }
}
