interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** The most that the server gives at once. */
export const PAGE = 1000

/** Every row of a list that is fetched page by page. */
export async function* everyPage<T>(
  fetch: (paging: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  for (let cursor: string | undefined; ; ) {
    const page = await fetch({ limit: PAGE, cursor })
    yield* page.items
    if (page.nextCursor === null || page.items.length === 0) return
    cursor = page.nextCursor
  }
}
