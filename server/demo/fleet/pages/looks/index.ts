import type { Look } from '../../../cast/traits.ts'
import { asp } from './asp.ts'
import { dede } from './dede.ts'
import { gkmlpt } from './gkmlpt.ts'
import { jcms } from './jcms.ts'
import type { LookTemplate } from './look.ts'
import { siteserver } from './siteserver.ts'
import { trs } from './trs.ts'

export const templates: Record<Look, LookTemplate> = { trs, siteserver, jcms, gkmlpt, asp, dede }
