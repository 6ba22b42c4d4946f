import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Module } from '../../base/module.ts'
import { serve } from '../requests/route.ts'
import './brought.ts'

export const banners: Module = {
  routes(ctx, parts) {
    const router = Router()
    serve(router, api.banners, async ({ user }) => [...(await parts.banners(ctx, user, ctx.clock.now()))])
    return router
  },
}
