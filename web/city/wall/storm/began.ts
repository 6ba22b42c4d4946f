import { localDay, localTime } from '../../../../shared/base/time.ts'
import { formatMoment } from '../../../base/ui/marks/format.ts'

/** When something began, as short as it is plain. @param today local day. */
export const began = (sinceMs: number, today: string): string =>
  localDay(sinceMs) === today ? localTime(sinceMs) : formatMoment(sinceMs)
