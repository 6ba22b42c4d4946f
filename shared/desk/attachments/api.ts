import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { attachment } from './attachments.ts'

/** Files of rectifications. */
export const attachmentEndpoints = {
  attachments: {
    method: 'GET',
    path: '/api/rectifications/:id/attachments',
    summary: 'Documents and pictures added to a rectification, oldest first',
    needs: 'signedIn',
    params: id,
    output: z.array(attachment),
  },
  attach: {
    method: 'POST',
    path: '/api/rectifications/:id/attachments',
    summary: 'Add a file, which is the body as it is; its name, its type and its content have to agree',
    needs: 'rectification.attach',
    cost: 10,
    params: id,
    query: z.object({ name: z.string().min(1).max(400), type: z.string().max(200).default('') }),
    takes: 'application/octet-stream',
    body: z.unknown(),
    output: attachment,
  },
  detach: {
    method: 'DELETE',
    path: '/api/attachments/:id',
    summary: 'Hide an attachment; it is kept, and who hid it',
    needs: 'rectification.attach',
    params: id,
  },
  attachmentContent: {
    method: 'GET',
    path: '/api/attachments/:id',
    summary: 'The file itself, to be saved; pictures may be shown (`inline`)',
    needs: 'signedIn',
    cost: 5,
    params: id,
    query: z.object({ inline: z.enum(['true', 'false']).default('false') }),
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Endpoint>
