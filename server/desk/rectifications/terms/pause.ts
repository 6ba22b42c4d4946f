import type { UpdateObject } from 'kysely'
import type { Person } from '../../../../shared/base/person.ts'
import { daysBetween } from '../../../../shared/base/time.ts'
import {
  MAX_PAUSED_WORKDAYS,
  type Rectification,
  type RectificationPause,
} from '../../../../shared/desk/rectifications/rectifications.ts'
import type { Database } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { movedBy } from '../move.ts'
import { type Reckoning, workdaysUntil } from './due.ts'

type Change = UpdateObject<Database, 'rectification'>

/**
 * Stops the clock from tomorrow through a day: the due day moves by the working days in between. All pauses of
 * a rectification together are capped, so that a rectification that waits for somebody for ever is extended or closed by name.
 * @throws Refusal invalid
 */
export function pauseUntil(
  rectification: Rectification,
  by: Person,
  { until, reason }: { until: string; reason: string },
  at: Reckoning,
): Change {
  if (until <= at.today) {
    throw new Refusal('invalid', 'rectifications.pauseMustLastTillDay')
  }
  const workdays = workdaysUntil(at, at.today, until)
  const total = rectification.pausedWorkdays + workdays
  if (total > MAX_PAUSED_WORKDAYS) {
    const left = MAX_PAUSED_WORKDAYS - rectification.pausedWorkdays
    throw new Refusal('invalid', 'rectifications.pausedWorkingDaysAll', {
      values: { maxPausedWorkdays: MAX_PAUSED_WORKDAYS, left },
    })
  }
  const pause: RectificationPause = {
    since: at.today,
    until,
    workdays,
    reason,
    by: { id: by.id, name: by.name },
  }
  return {
    ...movedBy(at, rectification, workdays, daysBetween(at.today, until)),
    pause: JSON.stringify(pause),
    paused_workdays: total,
  }
}

/** Lets the clock go on from tomorrow; the working days of the pause that were not used are taken back. */
export function resumed(rectification: Rectification, pause: RectificationPause, at: Reckoning): Change {
  const unused = workdaysUntil(at, at.today, pause.until)
  return {
    ...movedBy(at, rectification, -unused, -daysBetween(at.today, pause.until)),
    pause: null,
    paused_workdays: rectification.pausedWorkdays - unused,
  }
}
