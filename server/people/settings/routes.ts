import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { installationOf, type Limits } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../requests/route.ts'
import { changeSettings } from './service.ts'
import { settingsInForce, storedSettings } from './settings.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Asked of the monitor: the numbers of the edition in force that screens name. */
    limitsInForce(): Limits
  }
}

/** What belongs to the installation. */
export function settingsRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.installation, () => installationOf(settingsInForce(), ctx.after.limitsInForce()))
  serve(router, api.settings, async () => {
    const { version, settings } = await storedSettings(ctx.db)
    return { version, settings }
  })
  serve(router, api.setSettings, ({ user, body }) => changeSettings(ctx, user, body))
  return router
}
