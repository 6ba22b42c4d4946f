/** So many texts are kept. */
const MOST = 1_000

/** Up to so many characters a text that is cut from a page is a copy in V8; in longer ones the page would be kept. */
const COPIED = 12

/**
 * The same function of a text, answered once for each of the last texts: elements of a list are named alike, pages of a day
 * have its date again and again. What it answers is shared and must not be changed.
 * @param longest longer texts are looked at each time.
 */
export function remembered<T>(of: (text: string) => T, longest: number): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > longest) return of(text)
    const before = known.get(text)
    if (before !== undefined) return before
    const own = text.length > COPIED ? Buffer.from(text, 'utf16le').toString('utf16le') : text
    const answer = of(own)
    if (known.size >= MOST) known.clear()
    known.set(own, answer)
    return answer
  }
}
