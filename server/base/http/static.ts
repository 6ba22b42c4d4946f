import { readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

/** What the build may have compressed beforehand, and the type that the compressed file must be sent as. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
}
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * The built web pages in `folder`. Files under `/assets/` carry a hash of their content in their name, so they
 * are kept for a year; everything else is asked for anew. A path that is no file is the program's own: it is sent the page
 * of that name, as `wall.html`, or `index.html`.
 */
export function webPages(folder: string): Router {
  const router = Router()
  const files = listFiles(folder)
  router.use(singlePage(files), precompressed(files))
  router.use(express.static(folder, { index: false, redirect: false, acceptRanges: false, setHeaders }))
  return router
}

function listFiles(folder: string): ReadonlySet<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Set(paths.map((path) => `/${relative(folder, path).split(sep).join('/')}`))
}

function singlePage(files: ReadonlySet<string>): RequestHandler {
  return (req, _res, next) => {
    const isReading = req.method === 'GET' || req.method === 'HEAD'
    // A missing file must be missing, not a page: `/assets/old.js` after an upgrade, `/favicon.png`.
    if (isReading && !files.has(req.path) && extname(req.path) === '' && req.accepts('html')) {
      const own = `${req.path}.html`
      req.url = files.has(own) ? own : '/index.html'
    }
    next()
  }
}

function precompressed(files: ReadonlySet<string>): RequestHandler {
  return (req, res, next) => {
    const type = TYPES[extname(req.path)]
    if (!type) return next()
    res.vary('Accept-Encoding')
    for (const [encoding, suffix] of ENCODINGS) {
      if (!files.has(req.path + suffix) || !req.acceptsEncodings(encoding)) continue
      res.setHeader('Content-Encoding', encoding)
      res.setHeader('Content-Type', type)
      req.url = req.path + suffix
      break
    }
    next()
  }
}

function setHeaders(res: { setHeader(name: string, value: string): unknown }, path: string): void {
  const isHashed = path.includes(`${sep}assets${sep}`)
  res.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}
