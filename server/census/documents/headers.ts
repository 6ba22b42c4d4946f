import { createHash } from 'node:crypto'
import type { Response } from 'express'
import { STYLE } from './paper/html.ts'

/** What a file of a document is called. */
export const fileName = ({ kind, id }: { readonly kind: string; readonly id: number }, end: string): string =>
  `${kind}-${id}.${end}`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** A page of ours that runs nothing and fetches nothing; its one sheet of styles is known by its hash. */
export function asPage(res: Response): void {
  res.setHeader('Content-Type', 'text/html; charset=utf-8')
  res.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  )
  res.setHeader('X-Content-Type-Options', 'nosniff')
}
