import { addDays } from '../../../../shared/base/time.ts'
import { GRACE_MIN } from '../../../../shared/census/rounds/guards/guards-rules.ts'

/** What is offered, in seconds. */
export const EVERY_CHOICES = [15, 30, 60, 120, 180] as const

/** A guarded period as it is typed. */
export interface GuardDraft {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly districts: readonly string[]
  readonly sites: readonly { readonly id: number; readonly name: string }[]
  readonly every: number | null
  readonly hours: string
  readonly grace: number
}

/** One that begins the day after the poll ends. */
export const emptyGuard = (dueOn: string): GuardDraft => ({
  ...{ name: '', from: addDays(dueOn, 1), to: addDays(dueOn, 7), districts: [], sites: [] },
  ...{ every: null, hours: '08:00, 17:00', grace: GRACE_MIN },
})

/** As it is sent. Hours may be parted by whatever is typed between them. */
export function sentGuard({ name, from, to, districts, sites, every, hours, grace }: GuardDraft) {
  const full = hours
    .normalize('NFKC')
    .split(/[^\d:]+/)
    .filter(Boolean)
  return {
    ...{ name, from, to, districts: [...districts], siteIds: sites.map(({ id }) => id), everyS: every },
    hours: full.map((hour) => hour.padStart(5, '0')),
    graceMin: grace,
  }
}
