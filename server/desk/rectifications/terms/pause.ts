import type { UpdateObject } from 'kysely'
import type { Person } from '../../../../shared/base/person.ts'
import { addDays, startOfDay } from '../../../../shared/base/time.ts'
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
 * Stops the clock through a day: the due day moves by the working days from tomorrow on, a term of hours by all that is left until
 * that day is over. All pauses of
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
    ...movedBy(at, rectification, workdays, restMs(until, at)),
    pause: JSON.stringify(pause),
    paused_workdays: total,
  }
}

/**
 * Lets the clock go on, one in working days from tomorrow and one in hours at once; what of the pause was not used is taken back.
 */
export function resumed(rectification: Rectification, pause: RectificationPause, at: Reckoning): Change {
  const unused = workdaysUntil(at, at.today, pause.until)
  return {
    ...movedBy(at, rectification, -unused, -restMs(pause.until, at)),
    pause: null,
    paused_workdays: rectification.pausedWorkdays - unused,
  }
}

/** From now until a pause is over, ms. */
const restMs = (until: string, { now }: Reckoning): number => startOfDay(addDays(until, 1)) - now
