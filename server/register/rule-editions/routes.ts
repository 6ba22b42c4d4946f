import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { serve } from '../../people/requests/route.ts'
import { editionInForce, findEdition, listEditions } from './in-force.ts'

/** The census rules, for everybody to read. */
export function editionRoutes(): Router {
  const router = Router()
  serve(router, api.editions, () =>
    listEditions().map((edition) => {
      const { code, revision, from, name } = edition
      return { code, revision, from, name, state: edition === editionInForce() ? 'inForce' : 'published' }
    }),
  )
  serve(router, api.edition, ({ params }) => findEdition(params.code))
  return router
}
