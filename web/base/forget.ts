const forgetters = new Set<() => void>()

/**
 * Whatever of a person is kept outside of the pages (a count, a list for several places) says here how it is
 * forgotten: the next person at this browser must not meet it.
 */
export function onLeave(forget: () => void): void {
  forgetters.add(forget)
}

/** Forgets all of it: signed out, or the server no longer knows us. */
export function forgetPerson(): void {
  for (const forget of forgetters) forget()
}
