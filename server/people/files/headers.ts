import type { Response } from 'express'

/** Headers by which a browser neither runs it nor takes it for anything else. */
export function asFile(
  res: Response,
  { name, type }: { readonly name: string; readonly type: string },
  inline: boolean,
  hash: string,
): void {
  const plain = name.replace(/[^\w.-]/g, '_')
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  res.setHeader(
    'Content-Disposition',
    `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  )
  // Kept by the browser, and asked for each time whether this person may still see it.
  res.setHeader('Cache-Control', 'private, no-cache')
  res.setHeader('ETag', `"${hash}"`)
}
