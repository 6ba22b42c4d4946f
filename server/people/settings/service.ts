import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { isZone } from '../../../shared/base/zone.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { rangeOf, type Settings, type VersionedSettings } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { followSettings, keepSettings, lockSettings } from './settings.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Other settings are in force; what was reckoned by the old ones is reckoned anew. `now`: epoch ms. */
    settingsChanged(ctx: Context, before: Settings, now: number): Promise<void>
  }
}

/**
 * Sets what belongs to the installation, in this process at once and in others within seconds. Days that were summed up
 * and promised by another zone stay as they are.
 * @throws Refusal invalid, with a sentence for what cannot be; conflict, when somebody else has changed them.
 */
export async function changeSettings(
  ctx: Context,
  user: User,
  { version, settings }: VersionedSettings,
): Promise<VersionedSettings> {
  refuseUnfit(settings)
  const now = ctx.clock.now()
  const next = {
    version: version + 1,
    settings: { ...settings, languages: [...new Set(settings.languages)] },
  }
  const before = await ctx.db.transaction().execute(async (tx) => {
    await refuseUnknownZone(tx, settings.timeZone)
    const current = await lockSettings(tx)
    if (current.version !== version) {
      const { version: seen, settings: there } = current
      throw new Refusal('conflict', 'settings.changedMeanwhile', {
        current: { version: seen, settings: there },
      })
    }
    await keepSettings(tx, current, next)
    const at = new Date(now)
    const detail = changedOf(current.settings, next.settings)
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'settings.changed',
      entity: 'settings',
      entityId: null,
      detail,
    })
    const actor = { id: user.id, name: user.name }
    // Every screen has them from the board, as it has the names of places.
    const fact = { kind: 'register.changed', data: { added: 0, changed: 0, what: 'settings' } } as const
    await appendFacts(tx, [{ ...fact, at: at.toISOString(), siteId: null, district: null, actor }])
    return current.settings
  })
  await followSettings(ctx.db)
  await ctx.after.settingsChanged(ctx, before, now)
  ctx.wake()
  return next
}

const noSuchZone = (zone: string) => new Refusal('invalid', 'settings.noSuchZone', { values: { zone } })

function refuseUnfit({ timeZone, languages, language, contact, testSite }: Settings): void {
  if (!isZone(timeZone)) throw noSuchZone(timeZone)
  if (languages.length === 0) throw new Refusal('invalid', 'settings.noLanguage')
  if (!languages.includes(language)) throw new Refusal('invalid', 'settings.languageNotOffered')
  if (contact && (contact.office === '' || (contact.phone === '' && contact.mail === '')))
    throw new Refusal('invalid', 'settings.contactWithoutWay')
  const unclear = contact?.addresses.find((line) => !isRange(rangeOf(line)))
  if (unclear !== undefined)
    throw new Refusal('invalid', 'settings.noSuchRange', { values: { line: unclear } })
  if (testSite && !/^https?:$/.test(urlOf(testSite.url)?.protocol ?? ''))
    throw new Refusal('invalid', 'settings.testSiteNoAddress')
}

const isRange = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) || ipaddr.isValidCIDR(text)
const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

/** Days are summed up by the database: a zone that only this process knows would stop all recording. @throws Refusal */
async function refuseUnknownZone(tx: Tx, zone: string): Promise<void> {
  const { rows } = await sql`select from pg_timezone_names where lower(name) = lower(${zone})`.execute(tx)
  if (rows.length === 0) throw noSuchZone(zone)
}

/** Only what is another, each with what it was. */
function changedOf(before: Settings, after: Settings): Record<string, unknown> {
  const keys = (Object.keys(after) as (keyof Settings)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const pick = (from: Settings) => Object.fromEntries(keys.map((key) => [key, from[key]]))
  return { ...pick(after), before: pick(before) }
}
