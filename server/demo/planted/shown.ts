import { belowOf } from './below.ts'
import { type Answer, type Asked, listOf, ok, pageOf, type Showing, wellKept } from './showing.ts'

/** A page that is as it should be, whatever stands on others of its site. */
export const wellShown: Showing = (asked, path) =>
  path === '' ? ok(pageOf({ list: listOf(wellKept(asked)) })) : belowOf(asked, path)

/** The page itself is another, all below it is as it should be. */
export const homeShown =
  (home: (asked: Asked) => Answer): Showing =>
  (asked, path) =>
    path === '' ? home(asked) : belowOf(asked, path)

/** The page itself is as it should be; what lies below it is another, where `below` knows it. */
export const belowShown =
  (below: (asked: Asked, path: string) => Answer | null): Showing =>
  (asked, path) =>
    path === '' ? wellShown(asked, path) : (below(asked, path) ?? belowOf(asked, path))
