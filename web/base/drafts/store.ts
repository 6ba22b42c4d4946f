/** What somebody has written and not sent, by field. */
export type Draft = Readonly<Record<string, unknown>>

/*
 * In the tab's own storage: it outlives a reload and a crash of the browser, is not shared with a second tab that
 * writes on the same thing, and is gone with the window, as computers of a duty room are many people's.
 */
const PREFIX = 'siteward.draft.'
let owner: number | null = null

/** Whose drafts are read and written from here on. Those of others are removed, never shown. */
export function openDraftsOf(userId: number): void {
  owner = userId
  for (const key of keys()) if (!key.startsWith(`${PREFIX}${userId}.`)) remove(key)
}

/** Removes everything: somebody has signed out. */
export function forgetDrafts(): void {
  for (const key of keys()) remove(key)
  owner = null
}

export function readDraft(name: string): Draft {
  if (owner === null) return {}
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(owner, name)) ?? '{}')
    return kept !== null && typeof kept === 'object' ? { ...kept } : {}
  } catch {
    return {}
  }
}

/** An empty draft is none. */
export function writeDraft(name: string, draft: Draft): void {
  if (owner === null) return
  const key = keyOf(owner, name)
  if (Object.keys(draft).length === 0) remove(key)
  else attempt(() => sessionStorage.setItem(key, JSON.stringify(draft)))
}

const keyOf = (userId: number, name: string): string => `${PREFIX}${userId}.${name}`
const remove = (key: string): void => attempt(() => sessionStorage.removeItem(key))

function keys(): string[] {
  let found: string[] = []
  attempt(() => {
    found = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
  })
  return found
}

/** Storage may be forbidden or full; then a draft lives as long as its page. */
function attempt(work: () => void): void {
  try {
    work()
  } catch {
    return
  }
}
