/**
 * Where somebody wanted to go before being asked who it is: a path of our own, since an address from outside must not
 * lead away.
 */
export function nextPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
