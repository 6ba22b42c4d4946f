import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { installationOf, type Limits } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../requests/route.ts'
import { changeSettings } from './service.ts'
import { settingsInForce, storedSettings } from './settings.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Asked of the monitor: the edition in force, and the numbers of it that screens name. */
    rulesInForce(): { readonly edition: string; readonly limits: Limits }
  }
}

/** What belongs to the installation. */
export function settingsRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.installation, () => {
    const { edition, limits } = ctx.after.rulesInForce()
    return installationOf(settingsInForce(), edition, limits)
  })
  serve(router, api.settings, async () => {
    const { version, settings } = await storedSettings(ctx.db)
    return { version, settings }
  })
  serve(router, api.setSettings, ({ user, body }) => changeSettings(ctx, user, body))
  return router
}
