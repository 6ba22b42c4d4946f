import { makePageRegistry } from '../page-registry.ts'

const headings = makePageRegistry<string>()

/** What the open page is headed with; none while it is being read, or could not be. */
export const pageHeadings = headings.all

/** Says what a page is headed with: the shell gives one to a page that has none, and the window its name. */
export function useHeading(title: () => string): void {
  headings.use(() => [title()])
}
