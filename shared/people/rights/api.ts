import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id } from './endpoint.ts'

export const wallLink = z.object({
  id: z.int(),
  label: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})

export type WallLink = z.infer<typeof wallLink>

/** Links for walls in halls. */
export const wallLinkEndpoints = {
  wallLinks: {
    method: 'GET',
    path: '/api/wall-links',
    summary: 'Read-only links for wall displays',
    needs: 'wall.link',
    output: z.array(wallLink),
  },
  createWallLink: {
    method: 'POST',
    path: '/api/wall-links',
    summary: 'Make a wall link; its key is shown this once',
    needs: 'wall.link',
    body: z.object({ label: sentText.min(1).max(100) }),
    output: z.object({ link: wallLink, key: z.string() }),
  },
  revokeWallLink: {
    method: 'DELETE',
    path: '/api/wall-links/:id',
    summary: 'Revoke a wall link and sign its displays out',
    needs: 'wall.link',
    params: id,
  },
} as const satisfies Record<string, Endpoint>
