import { z } from 'zod'
import { alertChanged } from '../desk/alerts/facts.ts'
import { pauseChanged } from '../desk/pauses/facts.ts'
import { rectificationChanged } from '../desk/rectifications/facts.ts'
import { siteChanged } from '../monitor/standing/facts.ts'
import { registerChanged } from '../register/sites/facts.ts'

/** Every fact there is, as it is told. */
export const fact = z.discriminatedUnion('kind', [
  siteChanged,
  alertChanged,
  rectificationChanged,
  pauseChanged,
  registerChanged,
])
