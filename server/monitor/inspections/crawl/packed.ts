import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { MAX_BYTES } from '../../visit/visit.ts'
import type { Retrieved } from '../rule.ts'
import type { CrawlLink } from './inspector.ts'
import type { LastHome } from './pages.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
/** A tenth of the time of the best, and nearly as small. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
/** Nothing that was kept unpacks to more. */
const MOST_UNPACKED = 8 * 1024 * 1024

/** Thousands of links of a real page take less; addresses made of chance could take megabytes for each page. */
const MOST_PACKED = 64 * 1024

/** The links of a page: 100 of them take about a kilobyte. Null where they take too much to be kept. */
export async function packLinks(links: readonly CrawlLink[]): Promise<Buffer | null> {
  const rows = links.map(({ url, kind, text, manner }) => [url, kind, text, manner])
  const packed = await compress(JSON.stringify(rows), QUALITY)
  return packed.length > MOST_PACKED ? null : packed
}

export async function unpackLinks(bytes: Uint8Array): Promise<CrawlLink[]> {
  const packed = (await decompress(bytes, { maxOutputLength: MOST_UNPACKED })).toString()
  const rows = JSON.parse(packed) as [string, CrawlLink['kind'], string, CrawlLink['manner']][]
  return rows.map(([url, kind, text, manner]) => ({ url, kind, text, manner }))
}

/** A home page as it came. */
export const packHome = (body: Uint8Array): Promise<Buffer> => compress(body, QUALITY)

/** The home page of a site as a look has kept it. */
export async function homeAsKept(
  siteId: number,
  { url, status, headers, body }: Pick<LastHome, 'url' | 'status' | 'headers' | 'body'>,
): Promise<Retrieved> {
  const bytes = await decompress(body, { maxOutputLength: MOST_UNPACKED })
  return {
    ...{ siteId, url, finalUrl: url, depth: 0, kind: 'page', status: status ?? 200, headers: headers ?? {} },
    // One of which there was more has just this length.
    ...{ bytes, isCut: bytes.length >= MAX_BYTES },
  }
}
