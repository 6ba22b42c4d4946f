import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webPages } from '../../../server/base/http/static.ts'

const folder = mkdtempSync(join(tmpdir(), 'siteward-pages-'))
const INDEX = '<!doctype html><title>Siteward</title>'
const SCRIPT = 'export const answer = 42\n'
let server: Server
let port: number
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), INDEX)
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), SCRIPT)
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), gzipSync(SCRIPT))
  const app = express().use(webPages(folder))
  app.use((_req, res) => void res.status(404).send('nothing'))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  status: number | undefined
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}
// `fetch` unpacks what it gets; here it is the packing that matters. It also tidies paths up.
function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, headers }, (res) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject).end()
  })
}

const BROWSER = { accept: 'text/html,*/*' }

describe('the built pages', () => {
  it('are one page under every address of the application', async () => {
    for (const path of ['/', '/wall', '/alerts?status=open', '/sites/12']) {
      const { status, headers, body } = await get(path, BROWSER)
      expect([status, body.toString()], path).toEqual([200, INDEX])
      expect(headers['cache-control'], path).toBe('no-cache')
      expect(headers['content-type'], path).toBe('text/html; charset=utf-8')
    }
  })

  it('do not pretend that a missing file is there', async () => {
    for (const path of ['/assets/app-0000.js', '/robots.txt']) {
      expect((await get(path, BROWSER)).status, path).toBe(404)
    }
  })

  it('keep what carries its hash in its name for good, and nothing else', async () => {
    const script = await get('/assets/app-1a2b.js')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it('are sent as they were compressed beforehand, to browsers that can', async () => {
    const brotli = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(brotliDecompressSync(brotli.body).toString()).toBe(SCRIPT)
    const gzip = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })
    expect(gzip.headers['content-encoding']).toBe('gzip')
    const plain = await get('/assets/app-1a2b.js', { 'accept-encoding': 'br;q=0' })
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, SCRIPT])
  })

  it('are asked for again only when they changed', async () => {
    const { headers } = await get('/', BROWSER)
    const again = await get('/', { ...BROWSER, 'if-none-match': String(headers.etag) })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  it('stay in their folder', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fx.json', '/%00.html']) {
      expect((await get(path, BROWSER)).status, path).toBeGreaterThanOrEqual(400)
    }
  })
})
