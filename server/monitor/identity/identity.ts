import type { MonitorIdentity } from '../../../shared/monitor/identity/identity.ts'
import { type MonitorContact, rangeOf } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { namedArea } from '../../register/divisions/area.ts'
import { canRender } from '../rendering/ask.ts'
import { drawnAs } from '../rendering/browser/user-agent.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import demoContact from './demo-contact.json' with { type: 'json' }

/** Who the monitor is, as settings and places say; the demo's contact is made up. */
export async function identityOf(
  { db, config, clock }: Pick<Context, 'db' | 'config' | 'clock'>,
  isDemo: boolean,
): Promise<MonitorIdentity> {
  const contact: MonitorContact | null = settingsInForce().contact ?? (isDemo ? demoContact : null)
  const area = await namedArea(db)
  const vantages = await db.selectFrom('vantage').select(['name', 'region']).orderBy('name').execute()
  return {
    place: area && { name: area.name, nameEn: area.nameEn },
    office: contact?.office || null,
    phone: contact?.phone || null,
    mail: contact?.mail || null,
    userAgent: config.userAgent,
    drawnAs: (await canRender(db, clock.now())) ? drawnAs('*', config.userAgent) : null,
    everyS: isDemo ? config.demoIntervalS : config.visitIntervalS,
    deadlineMs: rulesInForce().v1FailMs,
    weekly: config.weeklyScans,
    addresses: (contact?.addresses ?? []).map((line) => {
      const range = rangeOf(line)
      return { name: line.slice(0, -range.length).trim(), range }
    }),
    vantages,
  }
}
