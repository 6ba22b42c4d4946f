import { fingerprint } from './fingerprint.ts'
import type { Head } from './head.ts'

const MOST = 200_000

/**
 * Which compressed bytes of an address were unpacked to which page, so that the same bytes need not be unpacked at each visit. Of
 * an address the last ones.
 */
export class Unpacked {
  readonly #last = new Map<string, string>()

  /** What the bytes of an answer are known by; null: they are not compressed. */
  static packedAs({ headers }: Head, body: Buffer): string | null {
    const coding = headers['content-encoding']
    return coding === undefined || body.length === 0 ? null : `${fingerprint(body)} ${coding}`
  }

  /** Whether these bytes are those that were unpacked to the page with this fingerprint. */
  isOf(address: string, packed: string, page: string): boolean {
    return this.#last.get(address) === `${page} ${packed}`
  }

  remember(address: string, packed: string, page: string): void {
    if (this.#last.size >= MOST) this.#last.clear()
    this.#last.set(address, `${page} ${packed}`)
  }
}
